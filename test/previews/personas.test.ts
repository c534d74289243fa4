import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Looked, lookAt } from '../../src/cli/look.ts';
import { openReader } from '../../src/documents/reader.ts';
import type { Form } from '../../src/forms/form.ts';
import { notice } from '../support/notice.ts';
import { inMail, openDesk } from './desk.ts';

/** Whatever a finding or a field points at, a reviewer must be able to see marked: in every file of the office's life. */
const folder = 'fixtures/personas';
const stories = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const reader = openReader();
afterAll(() => reader.close());
const desk = openDesk();

function look(story: string): Promise<Looked> {
  const names = readdirSync(join(folder, story)).filter((name) => name.endsWith('.eml'));
  const files = names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const mails = files.map((name) => ({ file: join(folder, story, name), said: null }));
  return lookAt(mails, { notice, ownAddresses: [notice.mailbox], read: reader.read });
}

/** Every place that a form speaks of: headings, fields, rows of lists and their cells, labels nobody knows, the photo. */
function placesOf({ title, headings, fields, tables, unknown, photo }: Form): string[] {
  const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => [row, ...Object.values(row.cells)]));
  const said = [...headings, ...fields, ...unknown, ...cells, ...(title ? [title] : []), ...(photo ? [photo] : [])];
  return said.map(({ location }) => location).filter((location) => location !== '');
}

let seen = 0;
test.each(stories)('%s: every place a field or a finding names is in the preview of its file', async (story) => {
  const { mails, outcome } = await look(story);
  const findings = outcome.applications.flatMap((application) => application.findings);
  const found = new Set<string>();
  for (const { message, files } of mails) {
    for (const { file, answers } of files) {
      const ofForms = answers.flatMap(({ form }) => (form ? placesOf(form) : []));
      const ofFindings = findings.flatMap(({ evidence }) =>
        evidence.file === file.path && evidence.location ? [evidence.location] : [],
      );
      const places = [...new Set([...ofForms, ...ofFindings])];
      if (places.length === 0) continue;
      const page = await desk.page(inMail(message.file, file.path), { places });
      if (!('marks' in page)) throw new Error(`${file.path}: ${page.kind}`);
      const shown = page.marks.filter(({ id }) => id !== null).map(({ place }) => place);
      expect(ofForms.filter((place) => !shown.includes(place))).toEqual([]);
      for (const place of shown) found.add(`${file.path} ${place}`);
      seen += shown.length;
    }
  }
  const located = findings.flatMap(({ evidence: { file, location } }) =>
    file && location ? [`${file} ${location}`] : [],
  );
  expect(located.filter((place) => !found.has(place))).toEqual([]);
});

test('there was something to see', () => {
  expect(seen).toBeGreaterThan(1_500);
});
