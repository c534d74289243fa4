import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { Application, CheckedApplication } from '../../src/application/application.ts';
import { peersOf } from '../../src/application/peers.ts';
import { check } from '../../src/checks/index.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import { encloseForms, formsToSend } from '../../src/letters/attached-forms.ts';
import { chooseLetter } from '../../src/letters/choose.ts';
import { composeLetter } from '../../src/letters/smtp/compose.ts';
import { writeLetter } from '../../src/letters/write.ts';
import { application, type Dossier } from '../support/applications.ts';
import { notice } from '../support/notice.ts';

const looked = (one: Application): CheckedApplication => check(one, { notice, peers: peersOf(one, [one]) });
const sent = (dossier: Dossier, round = notice) => formsToSend(looked(application(dossier)), round);

describe('which forms go along with a correction request', () => {
  test.each<[string, Dossier, string[]]>([
    ['nothing missing: none', {}, []],
    ['form 4 missing: form 4', { form4: null }, ['performance_sheet']],
    ['a field blank in a form that came: none, theirs is mended', { form1: { 联系电话: '' } }, []],
    ['a list and form 4 missing: those two', { awards: null, form4: null }, ['innovation_list', 'performance_sheet']],
    ['no photo: a photo has no form', { photo: null, photoInForm: false }, []],
    [
      'form 4 perhaps in a file nobody could open: not asked for, not sent',
      { form4: null, open: [{ why: 'unreadable', mightBe: ['performance_sheet'] }] },
      [],
    ],
  ])('%s', (_, dossier, expected) => {
    expect(sent(dossier).map(({ definition }) => definition.code)).toEqual(expected);
  });

  test('a round that sends none: none, and the letter does not speak of them', () => {
    const round = { ...notice, attachForms: false };
    expect(sent({ form4: null }, round)).toEqual([]);
    const one = looked(application({ form4: null }));
    const now = new Date('2018-07-19T09:00:00+08:00');
    expect(writeLetter(one, chooseLetter(one, round, now), 'JZGJ-2018-0007', round).text).not.toContain('随信附上');
  });
});

describe('what stands in them already', () => {
  test('the nominee, the union, and what the other forms say of what is the same everywhere', () => {
    const [form] = sent({ form4: null });
    expect(form?.known).toEqual({
      union: '解放区总工会',
      name: '李建国',
      sex: '男',
      birth: '1975.03',
      unit: '焦作市某某机械有限公司',
      post: '焊工',
      level: '高级技师',
    });
  });

  test('never an ID number or a telephone, though a round should list them', async () => {
    const round = { ...notice, sameEverywhere: [...notice.sameEverywhere, 'phone', 'idNumber'] };
    expect(Object.keys(sent({ form4: null }, round)[0]?.known ?? {})).not.toContain('phone');
  });

  test('a union that only wrote its own name is not printed as one that may recommend', () => {
    const [form] = sent({ form4: null, union: { name: '某某厂', known: false, quota: 1 } });
    expect(form?.known.union).toBeUndefined();
  });

  test('a hostile name gives no path', () => {
    expect(sent({ form4: null, nominee: '../../李/建\\国' })[0]?.fileName).toBe(
      '焦作工匠推荐人选基本情况及主要业绩量化表（李建国）.docx',
    );
  });
});

test('the mail carries them under their Chinese names; sent back as they are, they are blank', async () => {
  const one = looked(application({ awards: null, form4: null }));
  const choice = chooseLetter(one, notice, new Date('2018-07-19T09:00:00+08:00'));
  const letter = writeLetter(one, choice, 'JZGJ-2018-0007', notice);
  const enclosed = await encloseForms(formsToSend(one, notice), notice);
  const raw = await composeLetter(
    { ...letter, messageId: '<a@b.example>', inReplyTo: null, references: [] },
    { from: 'office@126.example', date: new Date('2018-07-19T09:00:00+08:00'), enclosed },
  );
  const mail = await simpleParser(raw);
  expect(mail.attachments.map(({ filename }) => filename)).toEqual([
    '获市级以上奖励的技术创新成果一览表（李建国）.xlsx',
    '焦作工匠推荐人选基本情况及主要业绩量化表（李建国）.docx',
  ]);
  for (const { filename = '', content } of mail.attachments) {
    expect(letter.text).toContain(`“${filename}”`);
    const reading = await readHere({ name: filename, bytes: content });
    const forms = reading.kind === 'document' ? readForms(reading.document, notice) : [];
    expect(forms.map(({ blank }) => blank)).toEqual([true]);
  }
});

test('made again from the same record, the files are the same', async () => {
  const forms = sent({ awards: null, form4: null });
  expect(await encloseForms(forms, notice)).toEqual(await encloseForms(forms, notice));
});
