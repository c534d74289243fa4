/** What every compressed body may refer back to from its first byte on ([MS-OXRTFCP] 2.1.2.1). */
const primer =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const windowBytes = 4_096;
const maxBytes = 4e6;
const isPacked = 0x75465a4c;
const isPlain = 0x414c454d;

/**
 * The words of a body that Outlook keeps as compressed Rich Text and in no other form.
 * @returns empty when there is none, or none that can be read: the attachments beside it still count
 */
export async function rtfBody(packed: Buffer | null): Promise<string> {
  const rtf = packed ? unpackRtf(packed) : null;
  if (!rtf) return '';
  const { readRtf } = await import('../word/rtf.ts');
  const { blocks } = await readRtf(rtf);
  return blocks
    .map((block) => (block.kind === 'paragraph' ? block.text : block.cells.map(({ text }) => text).join('\t')))
    .join('\n');
}

/** [MS-OXRTFCP] 2.2: runs of eight, each a byte or a reference into the last 4,096 bytes; one to itself ends it. */
function unpackRtf(packed: Buffer): Buffer | null {
  if (packed.length < 16) return null;
  const kind = packed.readUInt32LE(8);
  if (kind === isPlain) return packed.subarray(16);
  if (kind !== isPacked) return null;
  const window = Buffer.alloc(windowBytes, ' ');
  let write = window.write(primer, 'latin1');
  const out: number[] = [];
  const put = (byte: number) => {
    out.push(byte);
    window[write] = byte;
    write = (write + 1) % windowBytes;
  };
  for (let at = 16; at < packed.length && out.length < maxBytes; ) {
    const modes = packed[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < packed.length; bit++) {
      if (!((modes >> bit) & 1)) {
        put(packed[at++] ?? 0);
        continue;
      }
      const reference = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return Buffer.from(out);
      for (let index = 0; index < (reference & 15) + 2; index++) put(window[(from + index) % windowBytes] ?? 0);
    }
  }
  return Buffer.from(out);
}
