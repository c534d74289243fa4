import { patentNumber, residentNumber, withWrongCheck } from '../../../fixtures/make/numbers.ts';

/** One invented nominee as their union would fill in the forms, with at most one slip. */
export type Person = {
  fields: Record<string, string>;
  awards: Record<string, string>[];
  patents: Record<string, string>[];
  /** The finding that the slip should bring, and the form and key (or row and column) where it stands. */
  slip: { code: string; form: string; key: string; row?: number } | null;
};

export type Chance = () => number;
export const pick = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[Math.floor(chance() * items.length)] as Item;

const two = (value: number) => String(value).padStart(2, '0');
const shapes = [
  (year: number, month: number) => `${year}.${two(month)}`,
  (year: number, month: number) => `${year}年${month}月`,
  (year: number, month: number) => `${year}-${two(month)}`,
  (year: number, month: number) => `${year}/${month}`,
  (year: number, month: number) => `${year}${two(month)}`,
];
const slips = ['id', 'phone', 'patent', 'issuer', 'start', 'count', 'unit', null, null, null] as const;

export function inventPerson(chance: Chance, order: number): Person {
  const [year, month, male] = [1962 + Math.floor(chance() * 30), 1 + Math.floor(chance() * 12), chance() < 0.7];
  const date = (from: number, to: number) =>
    pick(chance, shapes)(from + Math.floor(chance() * (to - from)), 1 + Math.floor(chance() * 12));
  const name =
    pick(chance, ['李', '王', '张', '赵', '欧阳', '司马', '牛', '买']) +
    pick(chance, ['建国', '秀英', '工', '铁柱', '玉兰', '小䶮']);
  const unit = `焦作市${pick(chance, ['某某', '山海', '丰禾', '龙源'])}${pick(chance, ['机械', '化工', '轮胎', '铝业'])}${pick(chance, ['有限公司', '股份有限公司', '厂'])}`;
  const awards = Array.from({ length: 1 + Math.floor(chance() * 5) }, (_, index) => ({
    title: `${pick(chance, ['液压支架', '传送带', '锅炉', '数控车床'])}${pick(chance, ['改造', '节能技术', '快速拆装法'])}${index + 1}`,
    award: pick(chance, ['科技进步奖', '技术创新成果奖', '优秀合理化建议']),
    awardLevel: pick(chance, ['国家级', '省部级', '省级', '市级', '市（厅）级']),
    issuer: pick(chance, ['焦作市人民政府', '河南省总工会', '焦作市科学技术局']),
    date: date(2008, 2017),
    rank: pick(chance, ['1', '第二', '2/5', '3']),
  }));
  const patents = Array.from({ length: Math.floor(chance() * 4) }, (_, index) => {
    const kind = pick(chance, ['发明', '实用新型'] as const);
    const filed = 2008 + Math.floor(chance() * 6);
    const number = patentNumber(filed, kind, 100000 + order * 31 + index);
    return {
      title: `一种${pick(chance, ['支架', '夹具', '阀门'])}${index + 1}`,
      patentType: kind,
      patentNumber: pick(chance, [number, `ZL${number.replace(/^ZL/, '')}`]),
      date: date(2015, 2017),
      rank: '1',
    };
  });
  const person: Person = {
    fields: {
      name,
      sex: male ? '男' : '女',
      birth: pick(chance, shapes)(year, month),
      idNumber: residentNumber(`${year}${two(month)}15`, 100 + ((order * 2) % 800) + (male ? 1 : 0)),
      nation: pick(chance, ['汉', '汉族', '回族']),
      politics: pick(chance, ['中共党员', '群众']),
      unit,
      post: pick(chance, ['焊工', '车工', '电工', '钳工']),
      level: pick(chance, ['高级工', '技师', '高级技师', '国家职业资格二级', '三级/高级工']),
      start: date(1990, 2010),
      phone: pick(chance, ['0391-0000000', '13900001234', '139 0000 5678']),
      honours: `${2010 + (order % 6)}年获焦作市先进个人。\n2016年获技术标兵。`,
      // a .xls written by our library holds 255 signs a cell
      deeds: `${'扎根一线，刻苦钻研，带领班组完成多项改造。'.repeat(11)}\n同事们都说他是把好手。`,
      officeOpinion: '',
      benefit: String(20 + Math.floor(chance() * 900)),
      innovations: String(awards.length),
      patentsInvention: String(patents.filter(({ patentType }) => patentType === '发明').length),
      patentsUtility: String(patents.filter(({ patentType }) => patentType === '实用新型').length),
    },
    awards,
    patents,
    slip: null,
  };
  return withSlip(person, pick(chance, slips), chance);
}

function withSlip(person: Person, slip: (typeof slips)[number], chance: Chance): Person {
  const { fields, awards, patents } = person;
  const [award, patent] = [awards[0], patents[0]];
  if (slip === 'id') {
    fields.idNumber = withWrongCheck(fields.idNumber ?? '');
    return { ...person, slip: { code: 'id_number_invalid', form: 'recommendation_form', key: 'idNumber' } };
  }
  if (slip === 'phone' || slip === 'unit') {
    const form = slip === 'unit' ? 'performance_sheet' : 'recommendation_form';
    return { ...person, slip: { code: 'field_blank', form, key: slip } };
  }
  if (slip === 'patent' && patent) {
    patent.patentNumber = withWrongCheck(patent.patentNumber ?? '');
    return { ...person, slip: { code: 'patent_number_invalid', form: 'patent_list', key: 'patentNumber', row: 0 } };
  }
  if (slip === 'issuer' && award) {
    award.issuer = '';
    return { ...person, slip: { code: 'field_blank', form: 'innovation_list', key: 'issuer', row: 0 } };
  }
  if (slip === 'start') {
    fields.start = pick(chance, ['12年', '二十余年', '15年以上']);
    return { ...person, slip: { code: 'start_date_not_a_date', form: 'recommendation_form', key: 'start' } };
  }
  if (slip === 'count') {
    fields.innovations = String(awards.length + 2);
    return { ...person, slip: { code: 'count_disagrees', form: 'performance_sheet', key: 'innovations' } };
  }
  return person;
}
