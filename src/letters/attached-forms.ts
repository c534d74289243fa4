import type { Application, CheckedApplication } from '../application/application.ts';
import { currentOf } from '../application/current.ts';
import { type BlankFormat, usualFormat, writeBlank } from '../forms/blanks/write.ts';
import { textOf } from '../forms/form.ts';
import type { FieldType, FormDefinition } from '../notice/form-schema.ts';
import { formOf, type Notice } from '../notice/notice.ts';

/** A file that goes along with a letter. */
export type Enclosure = { fileName: string; contentType: string; bytes: Buffer };

/** A form to be sent out: missing or blank with the nominee, and what is known for it. */
export type FormToSend = {
  definition: FormDefinition;
  format: BlankFormat;
  fileName: string;
  known: Record<string, string>;
};

const wanting = new Set(['missing', 'blank_form']);
const contentTypes: Record<BlankFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** An application with the states that are on record. */
export type Recorded = Application & Pick<CheckedApplication, 'requirements'>;

/**
 * The forms that a correction request brings along: exactly those that are missing or came blank. A function of the
 * record alone, so that the letter can be made again as it was.
 *
 * @returns none when the round has `attachForms: false`
 */
export function formsToSend(application: Recorded, notice: Notice): FormToSend[] {
  if (!notice.attachForms) return [];
  return notice.requirements.flatMap((requirement) => {
    const definition = formOf(requirement, notice);
    if (!definition || !wanting.has(application.requirements[requirement.code]?.state ?? '')) return [];
    return [formToSend(definition, application, notice)];
  });
}

/** One form for one nominee, named after both; with nothing in it and no name when there is no application. */
export function formToSend(definition: FormDefinition, application: Recorded | null, notice: Notice): FormToSend {
  const format = usualFormat(definition);
  const whose = (application?.nominee ?? '').replace(/[^\p{L}\p{N}·]+/gu, '').slice(0, 30);
  const fileName = `${definition.titles[0]}${whose ? `（${whose}）` : ''}.${format}`;
  return { definition, format, fileName, known: application ? knownFor(definition, application, notice) : {} };
}

/** An ID number or telephone never goes into a letter (design, rule 10), whatever the round lists. */
const kept: ReadonlySet<FieldType> = new Set(['id_number', 'phone']);

/** Union and nominee, and what other forms of the nominee say of what is the same everywhere. */
function knownFor({ fields }: FormDefinition, application: Recorded, notice: Notice): Record<string, string> {
  const named = application.union?.known ? application.union.name : '';
  const pairs = fields.map(({ key, type }) => {
    if (kept.has(type)) return [key, ''];
    if (type === 'union') return [key, named];
    if (type === 'person_name') return [key, application.nominee ?? ''];
    return [key, notice.sameEverywhere.includes(key) ? saidElsewhere(key, application, notice) : ''];
  });
  return Object.fromEntries(pairs.filter(([, text]) => text !== ''));
}

/** What the first form that states it says; text without cells may be cut anywhere and is not copied. */
function saidElsewhere(key: string, application: Recorded, notice: Notice): string {
  const forms = notice.requirements.flatMap(({ code }) => currentOf(application, code).form?.form ?? []);
  const said = forms.filter(({ exact }) => exact).map((form) => textOf(form, key));
  return said.find((text) => text !== null) ?? '';
}

/** Makes the files. */
export function encloseForms(forms: readonly FormToSend[], notice: Pick<Notice, 'words'>): Promise<Enclosure[]> {
  return Promise.all(
    forms.map(async ({ definition, format, fileName, known }) => ({
      fileName,
      contentType: contentTypes[format],
      bytes: await writeBlank(definition, format, notice, { fields: known }),
    })),
  );
}
