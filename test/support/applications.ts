import type { Application, Finding, Share } from '../../src/application/application.ts';
import { openApplication } from '../../src/application/assemble.ts';
import type { Material, OpenQuestion, Source } from '../../src/application/material.ts';
import { peersOf } from '../../src/application/peers.ts';
import { check } from '../../src/checks/index.ts';
import type { Document } from '../../src/documents/document.ts';
import type { Form } from '../../src/forms/form.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import type { PictureFacts } from '../../src/pictures/picture.ts';
import { document, grid, paragraph, portrait } from './documents.ts';
import { notice } from './notice.ts';

/** 李建国 as his union sends him when nothing is wrong: what a test changes is all that is wrong. */
const person: Record<string, string> = {
  姓名: '李建国',
  性别: '男',
  民族: '汉',
  出生年月: '1975.03',
  身份证号码: '410890197503150016',
  工作单位: '焦作市某某机械有限公司',
  '岗位（工种）': '焊工',
  职业资格: '高级技师',
  从事现岗位工作时间: '1996.07',
  联系电话: '0391-0000000',
  主要事迹: '二十年如一日，把焊枪当笔。'.repeat(30),
  市总工会意见: '',
};
export const award = ['1', '液压支架快速拆装法', '科技进步奖', '市级', '二等奖', '焦作市人民政府', '2016.04', '1'];
export const patent = ['1', '一种支架', '发明', 'ZL201310699744.2', '2015.06', '甲公司'];

export type Dossier = {
  /** Undefined takes a label out of the form. */
  form1?: Record<string, string | undefined> | null;
  heading?: string;
  page?: Document['page'];
  photoInForm?: boolean;
  awards?: string[][] | null;
  patents?: string[][] | null;
  form4?: Record<string, string> | null;
  heading4?: string;
  certificates?: Record<string, number>;
  photo?: Partial<PictureFacts> | null;
  union?: Application['union'];
  nominee?: string | null;
  receivedAt?: string;
  open?: Partial<OpenQuestion>[];
  onPaper?: string[];
  idCards?: string[];
  toRead?: string[];
  /** Someone else's papers: files, number and results of another person. */
  sha?: string;
};

/** A complete application, changed where the test says; null leaves a material out. */
export function application(given: Dossier = {}): Application {
  return openApplication(shareOf(given), notice);
}

/** A 推荐表 with nothing in it but its labels. */
export const unfilled = Object.fromEntries(Object.keys(person).map((label) => [label, '']));

export function shareOf(given: Dossier): Share {
  const source: Source = {
    message: '1.eml',
    address: 'gonghui@example.com',
    senderName: '解放区总工会',
    receivedAt: new Date(given.receivedAt ?? '2018-07-18T15:42:00+08:00'),
  };
  const { certificates = { innovation_list: 1, patent_list: 1, honor_certificates: 2 } } = given;
  const materials: Material[] = [
    ...formMaterial('recommendation_form', '推荐表.docx', form1(given), source),
    ...formMaterial(
      'innovation_list',
      '创新成果一览表.xlsx',
      list('获市级以上奖励的技术创新成果一览表', awardHead, given.awards, [
        award.map((cell, at) => (at === 1 ? cell + (given.sha ?? '') : cell)),
      ]),
      source,
    ),
    ...formMaterial(
      'patent_list',
      '专利一览表.xlsx',
      list('主要发明专利、实用新型专利成果一览表', patentHead, given.patents, [patent]),
      source,
    ),
    ...formMaterial('performance_sheet', '量化表.xlsx', form4(given), source),
    ...Object.entries(certificates).flatMap(([requirement, count]) =>
      Array.from({ length: count }, (_, index) =>
        material(
          {
            requirement,
            part: 'certificates',
            file: `${requirement}${index + 1}.jpg`,
            sha256: `${given.sha ?? ''}${requirement}${index}`,
          },
          source,
        ),
      ),
    ),
    ...(given.photo === null
      ? []
      : [
          material(
            {
              requirement: 'photo',
              part: 'photo',
              file: '照片.jpg',
              sha256: `${given.sha ?? ''}photo`,
              picture: { ...portrait, ...given.photo },
            },
            source,
          ),
        ]),
  ];
  const open = (given.open ?? []).map(
    (question): OpenQuestion => ({
      why: 'unsure',
      file: '某文件',
      sha256: null,
      source,
      mightBe: [],
      reason: null,
      link: null,
      fits: [],
      ...question,
    }),
  );
  return {
    source,
    union: given.union === undefined ? { name: '解放区总工会', known: true, quota: 2 } : given.union,
    nominee: given.nominee === undefined ? '李建国' : given.nominee,
    reply: false,
    supplement: false,
    heard: '',
    about: true,
    materials: [...materials, ...pastedPhotos(materials, source)],
    open,
    onPaper: given.onPaper ?? [],
    idCards: given.idCards ?? [],
    toRead: given.toRead ?? [],
  };
}

/** The codes a check found, with the requirement, in the order told. */
export function codesOf(one: Application, all: Application[] = [one]): string[] {
  return findingsOf(one, all).map(({ code, requirement }) => (requirement ? `${code} ${requirement}` : code));
}

export const findingsOf = (one: Application, all: Application[] = [one]): Finding[] =>
  check(one, { notice, peers: peersOf(one, all) }).findings;

const awardHead = ['序号', '成果名称', '奖励名称', '奖励级别', '奖励等级', '授奖部门', '获奖时间', '本人排名'];
const patentHead = ['序号', '专利名称', '专利类型', '专利号', '授权公告日', '专利权人'];

function form1({
  form1: changes,
  heading = '焦作工匠推荐表',
  page = { widthMm: 420, heightMm: 297 },
  photoInForm = true,
  sha,
}: Dossier): Form | null {
  if (changes === null) return null;
  const fields = Object.entries({ ...person, ...(sha ? { 身份证号码: undefined } : {}), ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  const table = grid([
    ...fields.map(([label, value = '']) => [label, value]),
    ['照片', photoInForm ? { picture: 0 } : ''],
  ]);
  const pasted = { ...portrait, location: '表1第13行第2列', sha256: 'pasted' };
  return (
    readForms(
      document([paragraph('推荐单位：解放区总工会'), paragraph(heading), table], {
        page,
        pictures: photoInForm ? [pasted] : [],
      }),
      notice,
    )[0] ?? null
  );
}

function form4({ form4: changes, heading4 = '焦作工匠推荐人选基本情况及主要业绩量化表' }: Dossier): Form | null {
  if (changes === null) return null;
  const fields = Object.entries({
    姓名: '李建国',
    性别: '男',
    出生年月: '1975.03',
    工作单位: '焦作市某某机械有限公司',
    '岗位（工种）': '焊工',
    技能等级: '高级技师',
    技术创新成果数: '1',
    发明专利: '1',
    实用新型专利: '0',
    '经济效益（万元）': '320',
    ...changes,
  });
  return (
    readForms(document([paragraph(heading4), grid(fields.map(([label, value]) => [label, value]))]), notice)[0] ?? null
  );
}

function list(title: string, head: string[], rows: string[][] | null | undefined, usual: string[][]): Form | null {
  if (rows === null) return null;
  return readForms(document([paragraph(title), grid([head, ...(rows ?? usual)])]), notice)[0] ?? null;
}

function formMaterial(requirement: string, file: string, form: Form | null, source: Source): Material[] {
  return form ? [material({ requirement, part: 'form', file, form }, source)] : [];
}

function pastedPhotos(materials: Material[], source: Source): Material[] {
  const picture = materials.find(({ requirement }) => requirement === 'recommendation_form')?.form?.photo?.picture;
  return picture
    ? [
        material(
          {
            requirement: 'photo',
            part: 'photo',
            file: '推荐表.docx',
            sha256: picture.sha256,
            picture,
            insideForm: picture.location,
          },
          source,
        ),
      ]
    : [];
}

function material(
  given: Pick<Material, 'requirement' | 'part' | 'file'> & Partial<Material>,
  source: Source,
): Material {
  return {
    bytes: 1000,
    sha256: given.file,
    source,
    form: null,
    picture: null,
    pieces: 1,
    insideForm: null,
    namedAs: null,
    revised: false,
    ...given,
  };
}
