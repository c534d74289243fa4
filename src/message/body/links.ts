import { squeeze } from '../../text/squeeze.ts';
import type { LinkedFile } from '../mail.ts';
import type { MailWords } from '../words.ts';
import { expiryIn, expiryOfSeconds, sizeIn } from './facts.ts';
import type { Anchor, Line } from './line.ts';

/** What was found so far, by address; `words` and the sender's date go with it. */
type Search = { found: Map<string, LinkedFile>; words: MailWords; sentAt: Date | null };

const fileName = /[^\s\\/:*?"<>|：]+\.(?:[a-z][a-z0-9]{1,4}|7z)$/iu;
const maxLines = 20_000;
const maxFiles = 500;
const maxAnchors = 50;

/**
 * Files that lie behind a link instead of in the mail: 超大附件 and cloud links. One file is linked three or four times
 * (icon, name, button; plain and HTML) and comes out once. Ordinary addresses are no files.
 *
 * @param lines the sender's own lines, never quoted ones, of every format the mail has
 * @param sentAt when the mail was sent: links may live so many days from then
 * @returns in order of appearance; size and expiry as far as the text says them
 */
export function linkedFiles(lines: Line[], sentAt: Date | null, words: MailWords): LinkedFile[] {
  const search: Search = { found: new Map(), words, sentAt };
  const considered = lines.slice(0, maxLines);
  for (const line of considered) noteLine(search, line);
  completeFromNeighbours(search, considered);
  noteUnknownProviders(search, considered);
  return withoutTwins([...search.found.values()]);
}

function noteLine(search: Search, line: Line): void {
  const anchors = line.anchors.slice(0, maxAnchors);
  const alone = new Set(anchors.map(({ url }) => canonical(url))).size === 1;
  for (const anchor of anchors) note(search, alone ? line.text : '', anchor);
}

/** `text`: the line, where it speaks of this file alone. */
function note({ found, words, sentAt }: Search, text: string, anchor: Anchor): void {
  const provider = providerOf(anchor.url, words);
  if (!provider || found.size >= maxFiles) return;
  const url = canonical(anchor.url);
  const file = found.get(url) ?? { provider, name: null, bytes: null, expiresAt: null, url };
  file.name ??= nameFromText(anchor.text, words) ?? nameBeforeSize(text);
  file.bytes ??= sizeIn(text);
  file.expiresAt ??= expiryIn(text, sentAt) ?? expiryOfSeconds(anchor.expires);
  found.set(url, file);
}

/** Where name, size and expiry stand on lines of their own beside the link (plain text, cards of 邮箱大师). */
function completeFromNeighbours({ found, words, sentAt }: Search, lines: Line[]): void {
  for (const [index, { anchors }] of lines.entries()) {
    const file = anchors
      .slice(0, maxAnchors)
      .map(({ url }) => found.get(canonical(url)))
      .find(Boolean);
    if (!file || (file.name && file.bytes !== null && file.expiresAt)) continue;
    for (const text of neighbours(lines, index)) {
      file.bytes ??= sizeIn(text);
      file.expiresAt ??= expiryIn(text, sentAt);
      file.name ??= nameBeforeSize(text) ?? nameFromText(fileName.exec(text.trim())?.[0] ?? '', words);
    }
    file.name ??= nameInUrl(file.url);
  }
}

/** Up to three written lines above and two below, as far as no other link stands there. */
function neighbours(lines: Line[], index: number): string[] {
  const free = (line: Line) => line.anchors.length === 0;
  const above = upToLink(lines.slice(Math.max(0, index - 6), index).reverse(), free).slice(0, 3);
  const below = upToLink(lines.slice(index + 1, index + 5), free).slice(0, 2);
  return [...above, ...below];
}

function upToLink(lines: Line[], free: (line: Line) => boolean): string[] {
  const end = lines.findIndex((line) => !free(line));
  return (end < 0 ? lines : lines.slice(0, end)).map(({ text }) => text).filter((text) => text.trim() !== '');
}

/** A provider whose addresses we do not know yet: its heading and `name (80.96M, … 到期)` say enough. */
function noteUnknownProviders({ found, words, sentAt }: Search, lines: Line[]): void {
  let heading: string | null = null;
  for (const [index, line] of lines.entries()) {
    heading = headingProvider(line.text, words) ?? heading;
    if (heading === null || sizeIn(line.text) === null || expiryIn(line.text, sentAt) === null) continue;
    if (line.anchors.some(({ url }) => providerOf(url, words))) continue;
    const name = nameBeforeSize(line.text);
    if ([...found.values()].some((file) => file.name === name)) continue;
    const anchors = [...line.anchors, ...(lines[index + 1]?.anchors ?? [])].filter(({ url }) => !isIgnored(url, words));
    const url = anchors[0] ? canonical(anchors[0].url) : '';
    if (found.has(url)) continue; // QQ sets size and expiry on a line between the name and the button
    found.set(url || `${index}`, {
      provider: heading,
      name,
      bytes: sizeIn(line.text),
      expiresAt: expiryIn(line.text, sentAt),
      url,
    });
  }
}

function headingProvider(text: string, words: MailWords): string | null {
  const short = squeeze(text.slice(0, 100));
  const match = words.links.headings.map((heading) => heading.exec(short)).find(Boolean);
  return match ? (match[1] ?? words.links.otherProvider) : null;
}

/** QQ adds parameters to the same link in places; the same name and size of one provider is the same file. */
function withoutTwins(files: LinkedFile[]): LinkedFile[] {
  const key = ({ provider, name, bytes }: LinkedFile) => `${provider}\n${name}\n${bytes}`;
  return files.filter(
    (file, index) =>
      file.name === null || file.bytes === null || files.findIndex((other) => key(other) === key(file)) === index,
  );
}

function providerOf(url: string, words: MailWords): string | null {
  if (isIgnored(url, words)) return null;
  const bounded = url.slice(0, 500);
  return words.links.providers.find((provider) => provider.url.test(bounded))?.name ?? null;
}

const isIgnored = (url: string, words: MailWords) =>
  words.links.ignored.some((pattern) => pattern.test(url.slice(0, 500)));

/** The address as one would click it: entities undone, no fragment, no punctuation that belongs to the sentence. */
function canonical(url: string): string {
  return url
    .slice(0, 2_000)
    .replace(/&amp;/g, '&')
    .replace(/[#\s].*$/, '')
    .replace(/[.,;:!'"]+$/, '');
}

function nameFromText(text: string, words: MailWords): string | null {
  const name = text.replace(/\s+/g, ' ').trim();
  if (!name || name.length > 300 || /^https?:/i.test(name)) return null;
  return words.links.buttons.some((button) => button.test(squeeze(name))) ? null : (nameBeforeSize(name) ?? name);
}

/** `江森产品.rar (60.57M, …)` → `江森产品.rar`; null where no size in brackets follows a name. */
function nameBeforeSize(text: string): string | null {
  const match = /^(.{1,300}?)\s*[（(]\s*\d+(?:\.\d+)?\s*(?:[KMGT]i?B?|B|字节)/iu.exec(text.trim());
  return match?.[1]?.replace(/^[·•\-*\s]+/, '').trim() || null;
}

/** NetEase repeats the name as `title=`; only asked when the text shows none. */
function nameInUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { searchParams } = new URL(url);
  return searchParams.get('title') || searchParams.get('filename') || searchParams.get('fileName') || null;
}
