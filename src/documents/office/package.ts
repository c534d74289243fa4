import { posix } from 'node:path';
import type { Entry } from 'yauzl';
import { type Archive, openArchive } from '../archive/archive.ts';
import { Unreadable } from '../unreadable.ts';
import { attribute } from './attributes.ts';
import { walkXml } from './xml.ts';

const maxParts = 2_000;
const maxPartBytes = 20e6;
const maxTotalBytes = 60e6;
/** A sheet of empty rows shrinks to a hundredth and is honest; only what would be large is asked. */
const maxXmlRatio = 200;
const ratioFromBytes = 5e6;

/** A relation of one part to another (OPC, ISO/IEC 29500-2 §9.3). External targets are never followed, so never kept. */
export type Relation = { id: string; type: string; target: string };

/** An OOXML file as its parts. Part names are as in the zip, without the leading `/`, compared without regard to case. */
export type Package = {
  names: string[];
  has: (name: string) => boolean;
  /** Size of the part once inflated, as declared. */
  size: (name: string) => number;
  /** @throws Unreadable when the part is missing (`corrupt`) or breaks a limit */
  read: (name: string) => Promise<Buffer>;
  /** Relations of a part; `''` for those of the package itself. The type is its last word: `image`, `header`. */
  relations: (name: string) => Promise<Relation[]>;
};

/** Whoever tells what a file is opens it, and whoever reads it opens it again: the same bytes are the same package. */
const opened = new WeakMap<Buffer, Promise<Package>>();

/**
 * Opens a zip as an OOXML package after judging its directory: sizes, counts, and how far XML would expand. A docx of
 * 1.7 MB that expands to 400 MB aborts a process that parses first.
 *
 * @param archive the same bytes, where they were opened before
 * @throws Unreadable `corrupt`, `encrypted`, `too_large`, `unsafe`
 */
export function openPackage(bytes: Buffer, archive?: Archive): Promise<Package> {
  const office = opened.get(bytes) ?? judged(bytes, archive);
  opened.set(bytes, office);
  return office;
}

async function judged(bytes: Buffer, known?: Archive): Promise<Package> {
  const archive = known ?? (await openArchive(bytes, maxParts));
  const { entries } = archive;
  if (entries.length > maxParts)
    throw new Unreadable('too_large', `文件由 ${entries.length} 个部分组成，超过 ${maxParts} 个`);
  guard(entries);
  return packageOf(archive);
}

function packageOf(archive: Archive): Package {
  const parts = new Map<string, Entry>();
  for (const entry of archive.entries) parts.set(key(partName(entry)), entry);

  const read = async (name: string) => {
    const entry = parts.get(key(name));
    if (!entry) throw new Unreadable('corrupt', '文件里缺少必要的部分');
    return archive.read(entry, maxPartBytes);
  };
  const related = new Map<string, Promise<Relation[]>>();
  const readRelations = async (name: string) => {
    const path = posix.join(posix.dirname(name), '_rels', `${posix.basename(name)}.rels`);
    return parts.has(key(path)) ? relationsIn(await read(path), posix.dirname(name)) : [];
  };
  const relations = (name: string) => {
    const found = related.get(name) ?? readRelations(name);
    related.set(name, found);
    return found;
  };
  return {
    names: archive.entries.map(partName),
    has: (name) => parts.has(key(name)),
    size: (name) => parts.get(key(name))?.uncompressedSize ?? 0,
    read,
    relations,
  };
}

/** The part that the package calls its document: `word/document.xml` by habit, any name by right. Null: not OOXML. */
export async function mainPart(office: Package): Promise<string | null> {
  const name = (await office.relations('')).find((relation) => relation.type === 'officeDocument')?.target;
  const habitual = ['word/document.xml', 'xl/workbook.xml', 'xl/workbook.bin', 'ppt/presentation.xml'];
  return name && office.has(name) ? name : (habitual.find((part) => office.has(part)) ?? null);
}

/** What the package says a part is; '' where it says nothing. Throws Unreadable. */
export async function contentType(office: Package, part: string): Promise<string> {
  let found = '';
  if (!office.has('[Content_Types].xml')) return found;
  walkXml(await office.read('[Content_Types].xml'), {
    open: (name, attributes) => {
      if (name !== 'Override' || key(attribute(attributes, 'PartName') ?? '') !== key(part)) return;
      found = attribute(attributes, 'ContentType') ?? '';
    },
  });
  return found;
}

function guard(entries: Entry[]): void {
  if (entries.some((entry) => entry.isEncrypted())) throw new Unreadable('encrypted', '文件设有密码');
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (total > maxTotalBytes) throw new Unreadable('too_large', `解开后有 ${Math.ceil(total / 1e6)} MB`);
  for (const entry of entries) {
    if (entry.uncompressedSize > maxPartBytes)
      throw new Unreadable('too_large', `其中一部分解开后有 ${Math.ceil(entry.uncompressedSize / 1e6)} MB`);
    const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
    if (entry.uncompressedSize > ratioFromBytes && ratio > maxXmlRatio && /\.(xml|rels)$/i.test(partName(entry)))
      throw new Unreadable('unsafe', `其中一部分的压缩比超过 ${maxXmlRatio}`);
  }
}

/** Part names are ASCII; some producers write a leading `/` or backslashes all the same. */
function partName(entry: Entry): string {
  return entry.fileNameRaw.toString('latin1').replaceAll('\\', '/').replace(/^\//, '');
}

const key = (name: string) => name.replace(/^\//, '').toLowerCase();

function relationsIn(bytes: Buffer, folder: string): Relation[] {
  const relations: Relation[] = [];
  walkXml(bytes, {
    open: (name, attributes) => {
      const target = attribute(attributes, 'Target');
      if (name !== 'Relationship' || !target || attribute(attributes, 'TargetMode') === 'External') return;
      const type = attribute(attributes, 'Type') ?? '';
      relations.push({
        id: attribute(attributes, 'Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
  });
  return relations;
}
