/**
 * Polls a mailbox twice, for the second time when told to on stdin, and prints how far its resident memory rose above
 * what it held before, in MB. Arguments: IMAP_URL, data folder.
 */
import { once } from 'node:events';
import { silentLog } from '../../src/log.ts';
import { openMailbox } from '../../src/mailbox/open-mailbox.ts';
import { openRawStore } from '../../src/mailbox/raw-store.ts';
import { memoryLedger } from '../support/memory-ledger.ts';

const [imapUrl = '', dataDir = ''] = process.argv.slice(2);
const rawStore = await openRawStore(dataDir);
const mailbox = openMailbox({ imapUrl, ledger: memoryLedger(), rawStore, opens: new Date(0), log: silentLog });
await mailbox.poll();
globalThis.gc?.();
const resident = () => process.memoryUsage.rss() / 1e6;
const idle = resident();
let peak = idle;
const watch = setInterval(() => {
  peak = Math.max(peak, resident());
}, 2);
console.log('ready');
await once(process.stdin, 'data');
const { kept } = await mailbox.poll();
clearInterval(watch);
console.log(JSON.stringify({ kept: kept.length, idle: Math.round(idle), risen: Math.round(peak - idle) }));
await mailbox.close();
process.exit(0);
