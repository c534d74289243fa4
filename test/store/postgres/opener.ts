import { openLog } from '../../../src/log.ts';
import { openCluster } from '../../../src/store/postgres/cluster.ts';

/** Another Shouli: opens the cluster of a DATA_DIR, says so in one line of JSON, and leaves when told to (SIGTERM). */
try {
  const cluster = await openCluster({ dataDir: process.argv[2] ?? '', log: openLog('silent') });
  const working = setInterval(() => {}, 60_000);
  const told = new Promise((resolve) => process.once('SIGTERM', resolve));
  console.log(JSON.stringify({ url: cluster.url }));
  await told;
  await cluster.close();
  clearInterval(working);
} catch (error) {
  console.log(JSON.stringify({ failure: (error as { forPerson?: string }).forPerson ?? String(error) }));
  process.exitCode = 1;
}
