/**
 * Every code a check may report, with the words its two sentences (letters/phrases.yaml) may use. Codes are part of the
 * public face: more may be added, none renamed. `材料`, `文件`, `位置` and `内容` are known to all of them.
 */
export const findingVariables = {
  material_missing: ['需要'],
  certificates_missing: ['项数', '证书'],
  certificates_fewer: ['项数', '证书', '证书数'],
  blank_form: ['需要'],
  field_blank: ['栏目', '行'],
  wrong_form: ['标题'],
  id_number_invalid: ['栏目', '原因'],
  id_number_truncated: ['栏目'],
  patent_number_invalid: ['行', '原因'],
  encrypted_file: [],
  id_disagrees: ['栏目', '应为'],
  patent_type_disagrees: ['行', '应为'],
  design_patent: ['行'],
  start_date_not_a_date: ['栏目'],
  photo_small: ['应为'],
  photo_grey: [],
  photo_shape: ['应为'],
  photo_not_in_form: ['栏目'],
  photo_only_in_form: [],
  count_disagrees: ['栏目', '对照', '应为'],
  person_disagrees: ['栏目', '应为', '另一文件', '另一位置'],
  date_implausible: ['栏目', '行', '原因'],
  date_unclear: ['栏目', '行'],
  count_not_a_number: ['栏目'],
  form_older_year: ['应为'],
  id_card_not_needed: [],
  level_below: ['应为'],
  award_level_below: ['原因', '应为'],
  length_unusual: ['栏目', '字数', '应为'],
  rank_unclear: ['栏目', '行'],
  over_quota: ['推荐单位', '名额', '第几'],
  union_unknown: [],
  page_not_a3: ['应为'],
  office_opinion_filled: ['栏目'],
  letter_says: [],
  duplicate_nominee: ['姓名', '另一单位'],
  evidence_shared: ['另一人', '另一文件'],
} as const satisfies Record<string, readonly string[]>;

export type FindingCode = keyof typeof findingVariables;
export const findingCodes = Object.keys(findingVariables) as [FindingCode, ...FindingCode[]];

/** *blocking*: the union is asked to mend it; *advisory*: told along in a letter that goes anyway; *note*: staff only. */
export const severities = ['blocking', 'advisory', 'note'] as const;
export type Severity = (typeof severities)[number];
export type Severities = Record<FindingCode, Severity>;
