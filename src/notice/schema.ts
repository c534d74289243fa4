import { z } from 'zod';
import { code, instant, object, oneOf, ratio, someText, text, wholeNumber, words } from '../config/expect.ts';
import { type FindingCode, findingCodes, severities } from './finding-codes.ts';

/** Certificates that go with a list (2, 3) or stand alone (5): how their files are named, what is printed on them. */
const certificates = object({ name: someText, fileNames: words, words });

/** `copies`: how many the notice wants on paper besides; 0 where it wants the file alone. */
const common = {
  ...{ code, name: someText, need: someText, clause: someText, fileNames: words.default([]) },
  copies: wholeNumber.default(1),
};

/** One of the materials the notice asks for. The kind decides how it is read and when it is there; nothing else does. */
const requirement = z.discriminatedUnion(
  'kind',
  [
    object({ ...common, kind: z.literal('form'), form: code.optional() }),
    object({ ...common, kind: z.literal('list'), form: code.optional(), certificates: certificates.optional() }),
    object({ ...common, kind: z.literal('certificates'), certificates }),
    object({
      ...common,
      kind: z.literal('photo'),
      insideForm: code.optional(),
      photo: object({
        minWidth: wholeNumber,
        minHeight: wholeNumber,
        minRatio: ratio,
        maxRatio: ratio,
        sizes: z.array(z.tuple([wholeNumber, wholeNumber])).default([]),
      }),
    }),
  ],
  { error: 'kind 应为 form（表）、list（一览表）、certificates（证书）或 photo（照片）' },
);

export const noticeSchema = object({
  code,
  title: someText,
  documentNumber: someText,
  honour: someText,
  year: wholeNumber,
  numberPrefix: someText.regex(/^[A-Z0-9]+$/, { error: '只用大写字母和数字' }),
  mailbox: z.email({ error: '应为邮箱地址' }),
  office: object({ name: someText, contact: text.default(''), phone: text.default('') }),
  opens: instant,
  deadline: object({ clause: someText, wording: someText, cutOff: instant, boundaryHours: wholeNumber }),
  quota: object({ clause: someText, unlistedUnion: wholeNumber, total: wholeNumber }),
  /** A correction request brings the forms that are missing or came blank along, filled in as far as known. */
  attachForms: z.boolean({ error: '应为 true 或 false' }).default(true),
  unionNames: object({ prefixes: words, suffixes: words }),
  sameEverywhere: words.default([]),
  levels: object({
    skill: object({ minimum: someText, clause: someText }).optional(),
    award: object({ minimum: someText, clause: someText }).optional(),
  }).default({}),
  requirements: z.array(requirement, { error: '应为列表' }).min(1, { error: '至少要有一项材料' }),
  severities: byFindingCode(oneOf(severities)),
  clauses: byFindingCode(someText, '可以不写的').default({}),
}).refine((notice) => notice.opens < notice.deadline.cutOff, { error: '应早于 deadline.cutOff', path: ['opens'] });

export type Requirement = z.output<typeof requirement>;
export type NoticeFile = z.output<typeof noticeSchema>;

/** A mapping from finding codes; `severities` must name them all, so that nothing is judged by accident. */
function byFindingCode<Value extends z.ZodType<string>>(value: Value, optional?: string) {
  const shape = Object.fromEntries(findingCodes.map((known) => [known, optional ? value.optional() : value]));
  return object(shape).transform((given) => given as Partial<Record<FindingCode, z.output<Value>>>);
}
