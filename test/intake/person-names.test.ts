import { describe, expect, test } from '@jest/globals';
import { introducedNames, personNamesIn } from '../../src/intake/person-names.ts';
import { notice } from '../support/notice.ts';

const strangers = [...notice.unionNames.prefixes, ...notice.roster.flatMap(({ name, aliases }) => [name, ...aliases])];

describe('whose file or mail it is, by its title', () => {
  test.each([
    ['推荐表（李建国）.docx', ['李建国']],
    ['李建国推荐表.doc', ['李建国']],
    ['解放区总工会—李建国', ['李建国']],
    ['温县-欧阳春-2寸照片.jpg', ['欧阳春']],
    ['王强 荣誉证书1.jpg', ['王强']],
    ['附件4：焦作工匠推荐人选基本情况及主要业绩量化表（杨䶮）.xlsx', ['杨䶮']],
    ['艾尔肯·买买提推荐表.docx', ['艾尔肯·买买提']],
    ['回复：材料补正通知[JZGJ-2018-0007]武陟县总工会—霍金山', ['霍金山']],
    ['李建国、王秀英申报材料', ['李建国', '王秀英']],
    ['推荐职文斌材料.zip', ['职文斌']],
    ['职工代表.jpg', []],
    ['焦作工匠推荐表.docx', []],
    ['微信图片_20180716.jpg', []],
    ['高级工证书.jpg', []],
    ['荣誉证书-全国技术能手.jpg', []],
    ['马村区总工会材料.zip', []],
    ['新建文本文档.txt', []],
    ['高压电工操作证.jpg', []],
  ])('%s: %j', (title, names) => {
    expect(personNamesIn(title, notice.words.names, strangers)).toEqual(names);
  });
});

test.each([
  ['推荐人选：李建国，请审核。', ['李建国']],
  ['现将李建国同志的材料报上。', ['李建国']],
  ['现将王强同志的材料报上。', ['王强']],
  ['经研究推荐司马光同志参评。', ['司马光']],
  ['请尽快准备相关的材料，文字的材料另寄。', []],
  ['现报上 李建国同志的材料', ['李建国']],
  ['推荐人选为“欧阳春”。', ['欧阳春']],
  ['推荐人选的材料见附件。', []],
])('the letter introduces: %s', (text, names) => {
  const { nameBefore, nameAfter } = notice.words.sentences;
  expect(introducedNames(text, notice.words.names, nameBefore, nameAfter)).toEqual(names);
});
