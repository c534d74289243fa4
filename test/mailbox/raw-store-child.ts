/** Keeps one large mail after another until it is killed. Argument: the data folder. */
import { openRawStore } from '../../src/mailbox/raw-store.ts';

const store = await openRawStore(process.argv[2] ?? '');
for (let n = 0; ; n += 1) {
  const pieces = [Buffer.from(`Subject: ${n}\r\n\r\n`), ...Array.from({ length: 40 }, () => Buffer.alloc(65_536, n))];
  const { sha256 } = await store.keep(
    (async function* () {
      yield* pieces;
    })(),
  );
  console.log(sha256);
}
