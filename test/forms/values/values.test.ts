import { describe, expect, test } from '@jest/globals';
import { readCount, readSex } from '../../../src/forms/values/count.ts';
import { isAfter, isDuration, readDate } from '../../../src/forms/values/date.ts';
import { maskIdNumbers, readIdNumber } from '../../../src/forms/values/id-number.ts';
import { readAwardLevel, readPatentType, readSkillLevel } from '../../../src/forms/values/level.ts';
import { readPatentNumber } from '../../../src/forms/values/patent-number.ts';
import { words } from '../../support/notice.ts';

describe('dates in the shapes of one real column', () => {
  test.each([
    ['1975.03', 1975, 3, null],
    ['1975年3月', 1975, 3, null],
    ['七五年三月', 1975, 3, null],
    ['九六年十二月', 1996, 12, null],
    ['08年5月', 2008, 5, null],
    ['自96年5月至今', 1996, 5, null],
    ['96.5-17.3', 1996, 5, null],
    ['197503', 1975, 3, null],
    ['1975-03-15', 1975, 3, 15],
    ['2015/6/30', 2015, 6, 30],
    ['2017年12月8日', 2017, 12, 8],
    ['20171208', 2017, 12, 8],
    ['２０１６．０４', 2016, 4, null],
    ['2016年度', 2016, null, null],
    ['2018', 2018, null, null],
    ['二〇一八年七月', 2018, 7, null],
    ['二〇一七年十二月三日', 2017, 12, 3],
    ['75.3', 1975, 3, null],
    ['2003年7月至今', 2003, 7, null],
    ['1975.03（43岁）', 1975, 3, null],
    ['2005 年 7 月', 2005, 7, null],
    ['2018/7/5 18:00', 2018, 7, 5],
    ['1975 03', 1975, 3, null],
    ['2 0 1 8年7月', 2018, 7, null],
    ['二○一八年七月', 2018, 7, null],
    ['二O一八年七月', 2018, 7, null],
  ])('%s', (text, year, month, day) => {
    expect(readDate(text)).toEqual({ year, month, day });
  });

  test.each(['四十三岁', '12年', '2016.13', '无', '', '13900001234'])('no date in “%s”', (text) => {
    expect(readDate(text)).toBeNull();
  });

  test('a workbook date is taken as stored', () => {
    expect(readDate('Dec-17', '2017-12-08')).toEqual({ year: 2017, month: 12, day: 8 });
    expect(readDate('1964年11月', '1964-11-01')).toEqual({ year: 1964, month: 11, day: null });
    expect(readDate('1964/11/22', '1964-11-22')).toEqual({ year: 1964, month: 11, day: 22 });
  });

  test.each(['12年', '十二年', '约12年', '12年6个月', '20余年', '近二十年', '15年以上'])(
    '“%s” is how long, not when',
    (text) => {
      expect(isDuration(text)).toBe(true);
    },
  );
  test.each(['2006年', '1998年7月', '2006年至今', '98.7'])('“%s” is when', (text) => {
    expect(isDuration(text)).toBe(false);
  });

  test('only what both dates state is compared', () => {
    const at = (year: number, month: number | null = null, day: number | null = null) => ({ year, month, day });
    expect(isAfter(at(2018, 8), at(2018, 7, 20))).toBe(true);
    expect(isAfter(at(2018, 7), at(2018, 7, 20))).toBe(false);
    expect(isAfter(at(2018, 7, 21), at(2018, 7, 20))).toBe(true);
    expect(isAfter(at(2018, 7, 20), at(2018, 7, 20))).toBe(false);
    expect(isAfter(at(2018), at(2018, 7))).toBe(false);
  });
});

describe('ID numbers (GB 11643; the area 410890 is nobody’s)', () => {
  test('a right one tells birth and sex', () => {
    // 41089019750315001 weighs 7·4+9·1+10·0+5·8+8·9+4·0+2·1+1·9+6·7+3·5+7·0+9·3+10·1+5·5+8·0+4·0+2·1 = 281 → 281 mod 11 = 6 → 6
    expect(readIdNumber('410890197503150016')).toEqual({
      kind: 'valid',
      birth: { year: 1975, month: 3, day: 15 },
      sex: '男',
    });
    expect(readIdNumber('4108 9019 7503 1500 16')).toMatchObject({ kind: 'valid' });
    expect(readIdNumber('４１０８９０１９７５０３１５００１６')).toMatchObject({ kind: 'valid' });
  });
  test.each([
    ['410890197503150017', '校验位不符'],
    ['41089019750315001', '为17位，应为18位'],
    ['410890750315001', '是15位旧号码'],
    ['410890197513150016', '中的出生日期不存在'],
    ['41089019750315001O', '含有数字以外的字符'],
  ])('%s: %s', (text, reason) => {
    expect(readIdNumber(text)).toEqual({ kind: 'invalid', reason });
  });
  test.each([
    ['as a number that Excel rounded', '410890197503150000', 410890197503150000],
    ['shown as 4.1089E+17', '4.1089E+17', null],
    ['typed text that ends in 000 after rounding', '410890197503150000', null],
  ])('digits lost by a workbook: %s', (_, text, value) => {
    expect(readIdNumber(text, value)).toEqual({ kind: 'truncated' });
  });
  test('no output shows one whole', () => {
    expect(maskIdNumbers('身份证410890197503150016，旧号410890750315001')).toBe(
      '身份证410890********0016，旧号410890*****5001',
    );
    expect(maskIdNumbers('专利号201310699744.2 电话13900001234')).toBe('专利号201310699744.2 电话13900001234');
  });
});

describe('patent numbers (mod 11, both periods)', () => {
  test.each([
    ['ZL201310699744.2', '发明', 2013],
    ['200310102344.5', '发明', 2003],
    ['97101765.4', '发明', 1997],
    ['95115608.X', '发明', 1995],
    ['ＺＬ２０１３１０６９９７４４．２', '发明', 2013],
    ['ZL 2013 1 0699744.2', '发明', 2013],
    ['CN201310699744.2', '发明', 2013],
    ['2013106997442', '发明', 2013],
  ])('%s', (text, type, filed) => {
    expect(readPatentNumber(text)).toMatchObject({ kind: 'valid', type, filed });
  });
  test.each([
    ['ZL201310699744.3', '校验位不符'],
    ['ZL201310699744', '缺少末位校验码'],
    ['CN103738457A', '是公告（公开）号'],
    ['CN 203738457 U', '是公告（公开）号'],
    ['第1789234号', '是证书号'],
    ['证书号第1789234号', '是证书号'],
    ['ZL2013', '位数或写法不符'],
  ])('%s: %s', (text, reason) => {
    expect(readPatentNumber(text)).toEqual({ kind: 'invalid', reason });
  });
  test('a remark behind it, or several in one cell', () => {
    expect(readPatentNumber('专利号：ＺＬ201310699744.2（已授权）')).toMatchObject({ kind: 'valid', type: '发明' });
    expect(readPatentNumber('ZL201310699744.2\nZL200310102344.5')).toMatchObject({ kind: 'valid', type: '发明' });
    expect(readPatentNumber('201310699744.2、97101765.4')).toMatchObject({ kind: 'valid' });
    expect(readPatentNumber('ZL201310699744.2\nZL200310102344.6')).toMatchObject({ kind: 'invalid' });
    expect(readPatentNumber('ZL2013106\n99744.2')).toMatchObject({ kind: 'valid', filed: 2013 }); // one, over two lines
  });
  test('one number in two spellings is one patent', () => {
    const key = (text: string) => (readPatentNumber(text) as { key: string }).key;
    expect(key('ZL201310699744.2')).toBe(key('2013 1069 9744.2'));
  });
});

describe('levels by whole words, longest first', () => {
  test.each([
    ['高级工', '高级工'],
    ['高级工（三级）', '高级工'],
    ['国家职业资格三级', '高级工'],
    ['焊工高级技师', '高级技师'],
    ['技师', '技师'],
    ['电工 二级/技师', '技师'],
    ['中级工', '中级工'],
    ['四级', '中级工'],
    ['首席技师', '首席技师'],
    ['高级工程师、高级工', '高级工'],
    ['中级工，后取得高级工', '高级工'],
    ['□五级/初级工 □四级/中级工 ☑三级/高级工 □二级/技师', '高级工'],
    ['五级□ 四级□ 三级☑ 二级□ 一级□', '高级工'],
    ['□五级 □四级 √三级 □二级 □一级', '高级工'],
    ['初级工□ 中级工□ 高级工√ 技师□', '高级工'],
    ['五级（ ）四级（√）三级（ ）', '中级工'],
  ])('%s is %s', (text, level) => {
    expect(readSkillLevel(text, words)?.level).toBe(level);
  });
  test.each(['高级工程师', '工程师', '二级建造师', '高级工艺美术师', '无', '十三级', '□五级 □四级 □三级'])(
    '%s is no level: a person looks',
    (text) => {
      expect(readSkillLevel(text, words)).toBeNull();
    },
  );
  test('三级 stands above 四级', () => {
    expect(readSkillLevel('三级', words)?.rank).toBeGreaterThan(readSkillLevel('四级', words)?.rank ?? 99);
  });

  test.each([
    ['国家级', '国家级', 'yes'],
    ['省（部）级', '省部级', 'yes'],
    ['省级一等奖', '省部级', 'yes'],
    ['市级', '市级', 'yes'],
    ['市', '市级', 'yes'],
    ['焦作市', '市级', 'yes'],
    ['厅局级', '行业级', 'ask'],
    ['县级', '县级', 'no'],
    ['县（区）级', '县级', 'no'],
    ['集团公司级', '公司级', 'no'],
  ])('award %s is %s (%s)', (text, level, counts) => {
    expect(readAwardLevel(text, words)).toMatchObject({ level, counts });
  });
  test('an award level nobody knows is left to a person', () => {
    expect(readAwardLevel('一等', words)).toBeNull();
  });
  test.each([
    ['发明', '发明'],
    ['发明专利', '发明'],
    ['实用新型专利', '实用新型'],
    ['外观设计', '外观设计'],
    ['其他', null],
  ])('patent type %s', (text, type) => {
    expect(readPatentType(text, words)).toBe(type);
  });
});

describe('counts and sex', () => {
  test.each([
    ['2', 2],
    ['２项', 2],
    ['两项', 2],
    ['共3项', 3],
    ['无', 0],
    ['0', 0],
    ['/', 0],
    ['约3项', null],
    ['3项（其中省级1项）', null],
    ['', null],
  ])('%s', (text, count) => {
    expect(readCount(text, words.none)).toBe(count);
  });
  test.each([
    ['男', '男'],
    ['☑男 □女', '男'],
    ['男□ 女√', '女'],
    ['男（ ）女（√）', '女'],
    ['男 女', null],
    ['□男 □女', null],
    ['', null],
  ])('sex %s', (text, sex) => {
    expect(readSex(text)).toBe(sex);
  });
});
