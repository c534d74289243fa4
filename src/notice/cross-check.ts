import { join } from 'node:path';
import { type Problem, unknownWord } from '../config/problem.ts';
import { squeeze } from '../text/squeeze.ts';
import type { FormDefinition } from './form-schema.ts';
import { formOf, type Notice } from './notice.ts';

/** What one file says of another and no single schema can see: forms that exist, lists that are counted, levels. */
export function crossProblems(notice: Notice, folder: string): Problem[] {
  const file = join(folder, 'notice.yaml');
  return [
    ...requirementProblems(notice, file),
    ...levelProblems(notice, file),
    ...notice.forms.flatMap((form) => formProblems(form, notice, join(folder, 'forms', `${form.code}.yaml`))),
  ];
}

function requirementProblems(notice: Notice, file: string): Problem[] {
  const codes = notice.requirements.map(({ code }) => code);
  const forms = notice.forms.map(({ code }) => code);
  const keys = notice.forms.flatMap((form) => form.fields.map(({ key }) => key));
  return [
    ...codes
      .filter((code, index) => codes.indexOf(code) !== index)
      .map((code) => ({ file, place: 'requirements', expected: `编码“${code}”用了两次` })),
    ...notice.requirements.flatMap((each, index) => {
      const place = `requirements.${index} ${each.code}`;
      if (each.kind === 'photo' && each.insideForm && !codes.includes(each.insideForm))
        return [{ file, place: `${place}.insideForm`, expected: unknownWord(each.insideForm, codes) }];
      if ((each.kind !== 'form' && each.kind !== 'list') || formOf(each, notice)) return [];
      return [
        { file, place: `${place}.form`, expected: `forms 里没有这张表：${unknownWord(each.form ?? each.code, forms)}` },
      ];
    }),
    ...notice.sameEverywhere
      .filter((key) => !keys.includes(key))
      .map((key) => ({ file, place: 'sameEverywhere', expected: unknownWord(key, [...new Set(keys)]) })),
  ];
}

function levelProblems(notice: Notice, file: string): Problem[] {
  const { skill, award } = notice.levels;
  const { skillLevels, awardLevels } = notice.words.values;
  const wrong = (place: string, level: string | undefined, known: string[]) =>
    level && !known.includes(level) ? [{ file, place, expected: unknownWord(level, known) }] : [];
  return [
    ...wrong(
      'levels.skill.minimum',
      skill?.minimum,
      skillLevels.map(({ level }) => level),
    ),
    ...wrong(
      'levels.award.minimum',
      award?.minimum,
      awardLevels.map(({ level }) => level),
    ),
  ];
}

function formProblems(form: FormDefinition, notice: Notice, file: string): Problem[] {
  return [...sharedLabels(form, file), ...form.fields.flatMap((field) => countProblems(field, notice, file))];
}

/** Two fields with one label: the reader could not tell whose value it is. Group labels (`under`) may share. */
function sharedLabels(form: FormDefinition, file: string): Problem[] {
  const groups: [string, { key: string; label: string; synonyms: string[]; under?: string[] | undefined }[]][] = [
    ['fields', form.fields],
    ...form.tables.map(({ key, columns }): [string, typeof columns] => [`tables.${key}`, columns]),
  ];
  return groups.flatMap(([place, labelled]) => {
    const owners = new Map<string, string>();
    return labelled
      .filter((each) => !each.under)
      .flatMap(({ key, label, synonyms }) =>
        [...new Set([label, ...synonyms].map(squeeze))].flatMap((known) => {
          const owner = owners.get(known);
          owners.set(known, key);
          return owner === undefined
            ? []
            : [{ file, place: `${place}.${key}`, expected: `“${known}”已经是 ${owner} 的叫法，一个叫法只能属于一栏` }];
        }),
      );
  });
}

function countProblems(field: FormDefinition['fields'][number], notice: Notice, file: string): Problem[] {
  const counted = field.countsRowsOf;
  if (!counted) return [];
  const place = `fields.${field.key}.countsRowsOf`;
  const lists = notice.requirements.filter(({ kind }) => kind === 'list');
  const list = lists.find(({ code }) => code === counted.requirement);
  if (!list)
    return [
      {
        file,
        place,
        expected: unknownWord(
          counted.requirement,
          lists.map(({ code }) => code),
        ),
      },
    ];
  const columns = formOf(list, notice)?.tables.flatMap((table) => table.columns.map(({ key }) => key)) ?? [];
  return counted.column && !columns.includes(counted.column)
    ? [{ file, place: `${place}.column`, expected: unknownWord(counted.column, columns) }]
    : [];
}
