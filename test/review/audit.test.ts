import { expect, test } from '@jest/globals';
import { audit } from '../../src/office/history.ts';
import { listAudit } from '../../src/store/audit.ts';
import { openDesk } from '../support/desk.ts';

test('who saw personal data stands in the books, newest first, also when they are rebuilt', async () => {
  const desk = await openDesk('10 08:00');
  await audit(desk.office(), { by: 'wang', what: '查看身份证号', number: 'JZGJ-2018-0001' });
  await desk.passes('10 09:00');
  await audit(desk.office(), { by: 'li', what: '下载文件：推荐表.docx', number: 'JZGJ-2018-0002' });
  await audit(desk.office(), { by: 'li', what: '导出台账' });
  await desk.loseAndRebuild();
  const rows = (await listAudit(desk.office().db)).map(({ by, what, number }) => `${by} ${what} ${number}`);
  expect(rows).toEqual([
    'li 导出台账 null',
    'li 下载文件：推荐表.docx JZGJ-2018-0002',
    'wang 查看身份证号 JZGJ-2018-0001',
  ]);
  expect(await listAudit(desk.office().db, { number: 'JZGJ-2018-0001' })).toMatchObject([{ by: 'wang' }]);
  await desk.close();
}, 60_000);
