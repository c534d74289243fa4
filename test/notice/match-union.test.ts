import { expect, test } from '@jest/globals';
import { findUnion, matchUnion } from '../../src/notice/match-union.ts';
import { notice } from '../support/notice.ts';

test.each([
  ['解放区总工会', '解放区总工会'],
  ['焦作市温县总工会（公章）', '温县总工会'],
  ['温县', '温县总工会'],
  ['武陟工会', '武陟县总工会'], // as colleagues call each other: without 县, 区, 市
  ['孟州总工会', '孟州市总工会'],
  ['焦作市马村工会', '马村区总工会'],
  ['解放路小学工会', null],
  ['博爱医院工会', null],
  ['高新区总工会', '城乡一体化示范区总工会'],
  ['焦作市示范区总工会', '城乡一体化示范区总工会'],
  ['河南能源化工集团焦煤公司工会', '焦煤集团工会'],
  ['焦煤工会', '焦煤集团工会'],
  ['焦煤集团有限责任公司工会', '焦煤集团工会'],
  ['焦煤集团中马村矿工会', null],
  ['焦作煤业（集团）有限责任公司工会', '焦煤集团工会'],
  ['沁阳市总工会、沁阳市人社局', '沁阳市总工会'],
  ['博爱县总工会 博爱县人力资源和社会保障局', '博爱县总工会'],
  ['解放区总工会工会委员会', null],
  ['焦作市山阳机械厂工会', null],
  ['温县机械厂工会', null],
  ['', null],
])('the form says %s: %s', (stated, union) => {
  expect(matchUnion(stated, notice)?.name ?? null).toBe(union);
});

test.each([
  ['解放区总工会报送焦作工匠材料', '解放区总工会'],
  ['焦作市温县总工会—李建国', '温县总工会'],
  ['温县推荐焦作工匠材料', '温县总工会'],
  ['示范区-张三', '城乡一体化示范区总工会'],
  ['武陟材料', '武陟县总工会'],
  ['解放思想 张三', null],
  ['回复：材料补正通知[JZGJ-2018-0007]武陟县总工会—张三', '武陟县总工会'],
  ['温县机械厂 张三', null],
  ['解放区总工会、山阳区总工会名单', null],
  ['焦作工匠申报材料', null],
])('the subject says %s: %s', (subject, union) => {
  expect(findUnion(subject, notice, 'title')?.name ?? null).toBe(union);
});

test('in a letter an address is no union, a full name is', () => {
  expect(findUnion('我厂位于焦作市解放区民主路', notice, 'body')).toBeNull();
  expect(findUnion('张三，山阳人，山阳建国饭店厨师', notice, 'body')).toBeNull();
  expect(findUnion('现将材料报上。\n修武县总工会', notice, 'body')?.name).toBe('修武县总工会');
});
