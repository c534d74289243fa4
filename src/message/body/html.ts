import { Parser } from 'htmlparser2';
import type { MailWords } from '../words.ts';
import { type Attributes, isInner, markOf, quotes } from './containers.ts';
import type { Anchor, Line } from './line.ts';
import { anchorsIn } from './plain.ts';

/** `cut`: a limit ended the reading; the lines before that are kept. */
export type HtmlBody = { lines: Line[]; cut: boolean };

/** htmlparser2 searches its stack of open elements at each closing tag: a deep page of 2 MB would take minutes. */
const maxElementDepth = 512;
const maxLineSigns = 10_000;
const chunkSigns = 1_000;

const unseen = new Set(['style', 'script', 'title', 'template']);
const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);

type Element = { name: string; quotes: boolean; inner: boolean };
type Page = {
  words: MailWords;
  lines: Line[];
  text: string;
  anchors: Anchor[];
  open: { anchor: Anchor; from: number } | null;
  elements: Element[];
  depth: number;
  innerDepth: number;
  unseenDepth: number;
  preDepth: number;
  mark: Line['mark'];
};

/**
 * HTML → lines as a person sees them: blocks on lines of their own, table cells parted by a tab, entities decoded,
 * styles and scripts left out; quotation containers of the clients we know raise `depth`. Linear in the text.
 *
 * @param maxLines where to stop, besides elements nested hundreds deep
 */
export function htmlLines(html: string, words: MailWords, maxLines: number): HtmlBody {
  const page: Page = {
    words,
    lines: [],
    text: '',
    anchors: [],
    open: null,
    elements: [],
    depth: 0,
    innerDepth: 0,
    unseenDepth: 0,
    preDepth: 0,
    mark: null,
  };
  const parser = new Parser({
    onopentag: (name, attributes) => openElement(page, name, attributes),
    ontext: (text) => addText(page, text),
    onclosetag: () => closeElement(page),
  });
  let at = 0;
  for (; at < html.length && page.elements.length < maxElementDepth && page.lines.length < maxLines; at += chunkSigns) {
    parser.write(html.slice(at, at + chunkSigns));
  }
  parser.end();
  endLine(page, false);
  return { lines: page.lines, cut: at < html.length };
}

function openElement(page: Page, name: string, attributes: Attributes): void {
  if (blocks.has(name)) endLine(page, false);
  if (name === 'br') endLine(page, true);
  if (name === 'td' || name === 'th') page.text += page.text.trim() ? '\t' : '';
  if (name === 'p' && page.lines.at(-1)?.text) endLine(page, true);
  page.mark = markOf(page.words, attributes) ?? page.mark;
  const element = {
    name,
    quotes: quotes(page.words, name, attributes),
    inner: isInner(page.words, attributes),
  };
  if (element.quotes) endLine(page, false);
  page.elements.push(element);
  if (element.quotes) page.depth++;
  if (element.inner) page.innerDepth++;
  if (unseen.has(name)) page.unseenDepth++;
  if (name === 'pre') page.preDepth++;
  openAnchor(page, name, attributes);
}

function closeElement(page: Page): void {
  const element = page.elements.pop();
  if (!element) return;
  if (blocks.has(element.name) || element.quotes) endLine(page, false);
  if (element.quotes) {
    page.depth--;
    page.mark = null;
  }
  if (element.inner) page.innerDepth--;
  if (unseen.has(element.name)) page.unseenDepth--;
  if (element.name === 'pre') page.preDepth--;
  if (element.name === 'a') closeAnchor(page);
}

function addText(page: Page, text: string): void {
  if (page.unseenDepth > 0) return;
  if (page.text.length > maxLineSigns) endLine(page, false);
  if (page.preDepth === 0) {
    page.text += text.replace(/[ \t\r\n\f]+/g, ' ');
    return;
  }
  const [first, ...rest] = text.split(/\r?\n/);
  page.text += first;
  for (const line of rest) {
    endLine(page, true);
    page.text += line;
  }
}

/** Ends the line under way; an empty one counts only when the page asks for it (`<br>`, paragraph, `<pre>`). */
function endLine(page: Page, evenEmpty: boolean): void {
  const raw = page.text.replace(/\u00a0/g, ' ');
  const text =
    page.preDepth > 0
      ? raw.trimEnd()
      : raw
          .replace(/ {2,}/g, ' ')
          .replace(/ ?\t ?/g, '\t')
          .trim();
  if (page.open) page.open.anchor.text ||= raw.slice(page.open.from).trim();
  const anchors = page.anchors.length > 0 ? page.anchors : anchorsIn(text);
  if (text || anchors.length > 0 || evenEmpty || page.mark === 'rest') {
    page.lines.push({ text, depth: page.depth, inner: page.innerDepth > 0, mark: page.mark, anchors });
    page.mark = null;
  }
  page.text = '';
  page.anchors = page.open ? [page.open.anchor] : [];
  if (page.open) page.open.from = 0;
}

/** QQ keeps address and expiry of a large attachment in attributes of the span around it. */
function openAnchor(page: Page, name: string, attributes: Attributes): void {
  const url = name === 'a' ? attributes.href : attributes.downloadlink;
  if (!url || !/^\s*https?:/i.test(url)) return;
  const seconds = Number(attributes.expiretime);
  const anchor = { url: url.trim(), text: '', expires: Number.isFinite(seconds) && seconds > 0 ? seconds : null };
  page.anchors.push(anchor);
  if (name === 'a') page.open = { anchor, from: page.text.length };
}

function closeAnchor(page: Page): void {
  if (page.open) page.open.anchor.text ||= page.text.slice(page.open.from).trim();
  page.open = null;
}

/** Content-IDs that the page shows (`<img src="cid:…">`, backgrounds, styles). */
export function contentIdsIn(html: string): string[] {
  return [...html.matchAll(/cid:([^"'\s)>]{1,300})/gi)].map(([, id]) => safeDecode(id ?? ''));
}

function safeDecode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id; // a percent sign that is none: the id as written
  }
}
