import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { docx } from '../../fixtures/make/docx.ts';
import { dressDocx } from '../../fixtures/make/dressed/word.ts';
import { unzip } from '../../fixtures/make/zip.ts';
import { attribute } from '../../src/documents/office/attributes.ts';
import { walkXml } from '../../src/documents/office/xml.ts';
import { Unreadable } from '../../src/documents/unreadable.ts';

/** What a part says: elements with the attributes asked for, and texts, neighbours joined. */
function openNotes() {
  const notes: string[] = [];
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  let words = '';
  const flush = () => {
    if (words) notes.push(`"${words}"`);
    words = '';
  };
  return {
    open(name: string, asked: (string | null)[]) {
      flush();
      notes.push(`<${local(name)} ${JSON.stringify(asked)}`);
    },
    close(name: string) {
      flush();
      notes.push(`>${local(name)}`);
    },
    text(more: string) {
      words += more;
    },
    notes,
  };
}
const asked = ['val', 'ascii', 'id', 'x'];

function byUs(xml: string): string[] {
  const to = openNotes();
  const open = (name: string, attributes: string) =>
    to.open(
      name,
      asked.map((each) => attribute(attributes, each)),
    );
  walkXml(Buffer.from(xml), { open, close: to.close, text: to.text });
  return to.notes;
}

/** The measure: a parser that knows the whole of XML. */
function bySaxes(xml: string): string[] {
  const to = openNotes();
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  const named = (attributes: Record<string, string>, name: string) =>
    Object.entries(attributes).find(([full]) => full === name || full.endsWith(`:${name}`))?.[1] ?? null;
  parser.on('opentag', ({ name, attributes }) =>
    to.open(
      name,
      asked.map((each) => named(attributes, each)),
    ),
  );
  parser.on('closetag', ({ name }) => to.close(name));
  parser.on('text', to.text);
  parser.on('cdata', to.text);
  parser.write(xml).close();
  return to.notes.filter((note) => note !== '"\n"');
}

test('every part of a file as Word saves it', async () => {
  const bare = await docx({ page: 'A4', blocks: [{ line: '推荐表' }, { textBox: ['甲 & <乙>'] }] });
  for (const { path, bytes } of await unzip(await dressDocx(bare)))
    if (/\.(xml|rels)$/.test(path)) expect(byUs(bytes.toString('utf8'))).toEqual(bySaxes(bytes.toString('utf8')));
});

test.each([
  ['comments and instructions', '<?xml version="1.0"?><!-- <a> --><a><?go on?>甲<!--x-->乙</a><!-- end -->'],
  ['a section that is not markup', '<a><![CDATA[<b>&amp;]]></a>'],
  ['references', '<a x="&lt;&#x4E2D;&quot;">&amp;&#20013;&apos;&gt;</a>'],
  ['a > in a value', '<a x="1>0" y=\'"\'><b/></a>'],
  ['blanks and line ends', '<a\n\tx = "1\n2" ><b />\r\n </a >'],
  ['names with prefixes', '<w:a xmlns:w="w" w:x="1"><w:b></w:b></w:a>'],
  ['an attribute whose name ends another', '<a w:idx="1" id2="2" r:id="3"/>'],
])('%s', (_, xml) => {
  expect(byUs(xml)).toEqual(bySaxes(xml));
});

const piece = fc.constantFrom(
  '<a>',
  '</a>',
  '<b x="1">',
  '</b>',
  '<b/>',
  '甲',
  '&amp;',
  '&no;',
  '<',
  '>',
  '"',
  "'",
  ' ',
  '<!--',
  '-->',
  '<?p ?>',
  ']]>',
  '\u0001',
  '<![CDATA[',
  '</',
  '=',
);

test('what is not well-formed is refused, and nothing else', () => {
  const outcome = (read: () => string[]) => {
    try {
      return read();
    } catch {
      return 'corrupt';
    }
  };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const xml = `<r>${pieces.join('')}</r>`;
      const theirs = outcome(() => bySaxes(xml));
      const ours = outcome(() => byUs(xml));
      if (theirs !== 'corrupt') expect(ours).toEqual(theirs);
      else if (ours !== 'corrupt') expect(xml).toMatch(forgiven);
    }),
    { numRuns: 20_000, seed: 2018 },
  );
});

/** Two slips that cannot change what is read: an end of CDATA that began nowhere, two dashes within a comment. */
const forgiven = /\]\]>|<!--/;

test.each([
  ['a DOCTYPE', '<!DOCTYPE a><a/>', 'unsafe'],
  ['a thousand and one elements in each other', `${'<a>'.repeat(1_001)}${'</a>'.repeat(1_001)}`, 'unsafe'],
  ['two roots', '<a/><b/>', 'corrupt'],
  ['words behind the root', '<a/>x', 'corrupt'],
  ['nothing at all', '', 'corrupt'],
  ['a tag that is not closed', '<a><b></a>', 'corrupt'],
  ['a value without end', '<a x="1><b/></a>', 'corrupt'],
  ['a sign that XML has not', '<a>&#0;</a>', 'corrupt'],
])('%s is refused', (_, xml, reason) => {
  let error: unknown;
  try {
    byUs(xml);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(Unreadable);
  expect(error).toMatchObject({ reason });
});

test('a thousand elements in each other are read', () => {
  expect(byUs(`${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`)).toHaveLength(2_000);
});
