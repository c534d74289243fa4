import type { Listed } from '../guards.ts';

/** A file in 7-Zip's listing. `bytes` is null where the archive does not say. */
export type SevenFile = Omit<Listed, 'bytes'> & {
  /** As 7-Zip prints and takes it. */
  name: string;
  bytes: number | null;
  isEncrypted: boolean;
  /** Goes on in another volume, or began in one. */
  isSplit: boolean;
};

export type Listing = { files: SevenFile[]; isVolume: boolean; isSolid: boolean };

/** Reads `7zz l -slt`: `Key = value` lines, the archive's own first, then a block a file behind a line of dashes. */
export function readListing(lines: string[]): Listing {
  const dashes = lines.findIndex((line) => /^-{10}$/.test(line));
  const head = factsIn(lines.slice(0, dashes < 0 ? lines.length : dashes));
  const blocks = dashes < 0 ? [] : blocksOf(lines.slice(dashes + 1));
  return {
    files: blocks.filter((block) => !isFolder(block) && block.get('Alternate Stream') !== '+').map(fileOf),
    isVolume: head.get('Multivolume') === '+',
    isSolid: head.get('Solid') === '+',
  };
}

type Facts = Map<string, string>;

const factsIn = (lines: string[]): Facts =>
  new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(' = ');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 3)] as const];
    }),
  );

function blocksOf(lines: string[]): Facts[] {
  const blocks: string[][] = [];
  for (const line of lines)
    if (line.startsWith('Path = ')) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  return blocks.map(factsIn);
}

const isFolder = (facts: Facts) => facts.get('Folder') === '+' || /^D/.test(facts.get('Attributes') ?? '');

function fileOf(facts: Facts): SevenFile {
  const name = facts.get('Path') ?? '';
  return {
    name,
    path: name.replaceAll('\\', '/'),
    bytes: figure(facts.get('Size')),
    packed: figure(facts.get('Packed Size')),
    isEncrypted: facts.get('Encrypted') === '+',
    isLink: links.some((key) => facts.get(key)) || /(^|\s)l[rwx-]{9}/.test(facts.get('Attributes') ?? ''),
    isSplit: facts.get('Split Before') === '+' || facts.get('Split After') === '+',
  };
}

const links = ['Symbolic Link', 'Hard Link', 'Copy Link', 'Link'];
const figure = (text: string | undefined) => (text && /^\d+$/.test(text) ? Number(text) : null);
