/** Draws forms, reads them and counts what came out right: for bench/forms.ts and test/long/drawn-forms.test.ts. */
import { openApplication } from '../../../src/application/assemble.ts';
import type { Material } from '../../../src/application/material.ts';
import { peersOf } from '../../../src/application/peers.ts';
import { check } from '../../../src/checks/index.ts';
import { readHere } from '../../../src/documents/read-here.ts';
import type { Form, Value } from '../../../src/forms/form.ts';
import { readForms } from '../../../src/forms/read-forms.ts';
import { loadNotice } from '../../../src/notice/load.ts';
import { squeeze } from '../../../src/text/squeeze.ts';
import { seeded } from '../../../test/support/seeded.ts';
import { type Format, fileOf, formats, nameOf, placeOfCell } from './files.ts';
import { type Drawn, drawForm, drawList } from './layouts.ts';
import { inventPerson, type Person, pick } from './people.ts';

const notice = loadNotice('config', 'jiaozuo-craftsman-2018');

/** How often something was right, what was wrong with which seed, and how long each file took. */
export type Figures = { tally: Record<string, { right: number; of: number }>; wrong: string[]; ms: number[] };

/** Draws four forms for each of some people, reads them and checks the whole; the same for the same seed. */
export async function measure(people: number, firstSeed: number): Promise<Figures> {
  const figures: Figures = { tally: {}, wrong: [], ms: [] };
  for (let order = 0; order < people; order++) {
    const seed = firstSeed + order;
    const chance = seeded(seed);
    const person = inventPerson(chance, order);
    const drawn = [
      drawForm('recommendation_form', person, chance),
      drawList('innovation_list', person.awards, person.fields.name ?? '', chance),
      drawList('patent_list', person.patents, person.fields.name ?? '', chance),
      drawForm('performance_sheet', person, chance),
    ];
    const files = [];
    for (const each of drawn) {
      const format = pick(chance, formats);
      files.push({ drawn: each, format, form: await readOne(each, format, seed, figures) });
    }
    judge(person, files, seed, figures);
  }
  return figures;
}

function note({ tally, wrong }: Figures, what: string, isRight: boolean, story: string): void {
  const kept = tally[what] ?? { right: 0, of: 0 };
  tally[what] = kept;
  kept.of += 1;
  if (isRight) kept.right += 1;
  else wrong.push(`${what}: ${story}`);
}

async function readOne(drawn: Drawn, format: Format, seed: number, figures: Figures): Promise<Form | null> {
  const bytes = await fileOf(drawn, format);
  const began = performance.now();
  const reading = await readHere({ name: nameOf(format), bytes });
  figures.ms.push(performance.now() - began);
  const forms = reading.kind === 'document' ? readForms(reading.document, notice) : [];
  const form = forms.find(({ definition }) => definition.code === drawn.form) ?? null;
  const story = `seed ${seed} ${drawn.form} ${format}`;
  note(figures, 'form recognised', forms.length === 1 && form !== null, story);
  if (!form) return null;
  for (const [key, { cell, value }] of drawn.truth) {
    const read = readValue(form, key);
    const isRight = squeeze(read?.text ?? '') === squeeze(value);
    note(figures, 'field right', isRight, `${story} ${key} “${value.slice(0, 20)}” read “${read?.text.slice(0, 20)}”`);
    const place = placeOfCell(drawn, cell, format);
    if (read && value !== '')
      note(figures, 'place right', read.location === place, `${story} ${key} ${place} told ${read.location}`);
  }
  return form;
}

function readValue(form: Form, key: string): Value | undefined {
  const [row, column] = key.split('/');
  if (column === undefined) return form.fields.find((field) => field.key === key);
  return form.tables[0]?.rows[Number(row)]?.cells[column];
}

type Read = { drawn: Drawn; format: Format; form: Form | null };

function judge({ fields, slip }: Person, files: Read[], seed: number, figures: Figures): void {
  const source = {
    message: '1',
    address: 'a@b.example',
    senderName: '',
    receivedAt: new Date('2018-07-10T10:00:00+08:00'),
  };
  const bare: Omit<Material, 'requirement' | 'part' | 'file' | 'sha256'> = {
    bytes: 1,
    source,
    form: null,
    picture: null,
    pieces: 9,
    insideForm: null,
    revised: false,
    namedAs: null,
  };
  const forms = files.flatMap(({ drawn: { form: requirement }, form }): Material[] =>
    form ? [{ ...bare, requirement, part: 'form', file: requirement, sha256: requirement, form }] : [],
  );
  const others = ['innovation_list', 'patent_list', 'honor_certificates'].map(
    (requirement): Material => ({
      ...bare,
      requirement,
      part: 'certificates',
      file: `${requirement}.pdf`,
      sha256: `${seed}${requirement}`,
    }),
  );
  const union = { name: '解放区总工会', known: true, quota: 2 };
  const share = {
    source,
    union,
    nominee: fields.name ?? '',
    reply: false,
    supplement: false,
    about: true,
    heard: '',
    materials: [...forms, ...others],
    open: [],
    onPaper: [],
    idCards: [],
    toRead: [],
  };
  const application = openApplication(share, notice);
  const { findings } = check(application, { notice, peers: peersOf(application, [application]) });
  const at = slip && files.find(({ drawn }) => drawn.form === slip.form);
  const cell = slip && at?.drawn.truth.get(slip.row === undefined ? slip.key : `${slip.row}/${slip.key}`)?.cell;
  const place = at && cell ? placeOfCell(at.drawn, cell, at.format) : null;
  const isSlip = (found: (typeof findings)[number]) => found.code === slip?.code && found.requirement === slip?.form;
  if (slip) {
    const found = findings.find((each) => isSlip(each) && each.evidence.location === place);
    note(
      figures,
      'slip found in its place',
      found !== undefined,
      `seed ${seed} ${slip.code} ${slip.form} ${slip.key} ${at?.format} ${place}`,
    );
  }
  const blocking = findings.filter(
    (each) => each.severity === 'blocking' && !isSlip(each) && each.requirement !== 'photo',
  );
  note(
    figures,
    'no false demand',
    blocking.length === 0,
    `seed ${seed} ${blocking.map(({ forStaff }) => forStaff).join(' / ')}`,
  );
}
