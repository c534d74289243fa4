import { officeZone } from '../../clock.ts';

/**
 * The server's settings, given on its command line at each start: what an older cluster's own file says never matters.
 * Durability (fsync, full_page_writes, synchronous_commit) and autovacuum are PostgreSQL's own defaults: on.
 *
 * @param clusterName shown in the title of every process of this server
 */
export function serverSettings(port: number, clusterName: string): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    cluster_name: clusterName,
    timezone: officeZone,
    // A small office's server: few connections, little memory, no helper processes.
    max_connections: 60,
    shared_buffers: '32MB',
    max_wal_size: '256MB',
    jit: 'off',
    io_method: 'sync',
    max_parallel_workers_per_gather: 0, // parallel queries need a /dev/shm that containers keep at 64 MB
    max_logical_replication_workers: 0,
    // What failed, never what was in it: statements and details quote the rows of people.
    log_timezone: officeZone,
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
