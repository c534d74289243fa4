import { listStaff } from '../../../store/desk/staff.ts';
import type { Desk } from '../../desk.ts';
import { type Html, html } from '../../html.ts';
import { section } from '../../page.ts';
import type { Ask, Route } from '../../route.ts';
import { accountRoute, staffTable } from './accounts.ts';
import { auditPage } from './audit.ts';
import { doctor } from './doctor.ts';
import { roster, round } from './round.ts';

const path = '/settings';

/** For admins: who may log in, the round as it was read, the roster, the audit, and what the doctor says. */
export const settingsRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'admin',
    answer: async (desk, ask) => ({ page: { title: '设置', place: path, main: await settings(desk, ask) } }),
  },
  accountRoute,
  {
    method: 'GET',
    path: `${path}/doctor`,
    role: 'admin',
    answer: async () => ({ page: { title: '体检', place: path, main: await doctor() } }),
  },
  {
    method: 'GET',
    path: `${path}/audit`,
    role: 'admin',
    answer: async (desk) => ({ page: { title: '查阅记录', place: path, main: await auditPage(desk) } }),
  },
];

async function settings({ books }: Desk, { visitor, query }: Ask): Promise<Html> {
  const staff = await listStaff(books.db);
  const saved = staff.find(({ name }) => name === query.saved);
  return html`<div class="head"><h1>设置</h1><a class="button" href="${path}/doctor">体检：检查邮箱、发信、数据库、磁盘</a> <a class="button" href="${path}/audit">查阅记录</a></div>
${saved && html`<p class="calm done" role="status">${saved.name}的账号已保存</p>`}
${section('staff', '账号', staffTable(staff, visitor))}
${section('round', '本批次', round(books))}
${section('roster', '推荐单位名册', await roster(books))}`;
}
