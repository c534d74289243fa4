import { machineNow, sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { diagnose } from '../../office/doctor/index.ts';
import { putStaffMember } from '../../office/staff.ts';
import { inspectSettings } from '../../settings.ts';
import { listAudit } from '../../store/audit.ts';
import { addressesOfUnions } from '../../store/desk/addresses.ts';
import { listStaff, roles, type Staff } from '../../store/desk/staff.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { roleWords, section, token } from '../page.ts';
import type { Ask, Route, Visitor } from '../route.ts';
import { moment } from '../signs.ts';

const path = '/settings';

/** For admins: the round as it was read, the roster, who may log in, and what the doctor says. */
export const settingsRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'admin',
    answer: async (desk, ask) => ({ page: { title: '设置', place: path, main: await settings(desk, ask) } }),
  },
  {
    method: 'POST',
    path: `${path}/staff`,
    role: 'admin',
    answer: async ({ books }, { form, visitor }) => {
      const role = roles.find((each) => each === form.role);
      if (!role) throw new Failure('permanent', '请选择权限');
      const password = form.password ? form.password : null;
      const isActive = form.active !== 'no';
      await putStaffMember(books, { name: form.name ?? '', role, password, isActive }, visitor.name);
      return { redirect: `${path}#staff` };
    },
  },
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

async function auditPage({ books: { db } }: Desk): Promise<Html> {
  const all = (await listAudit(db)).slice(0, 500);
  const rows = all.map(
    ({ at, by, what, number }) => html`<tr><td>${moment(at)}</td><td>${by}</td><td>${what}</td><td>${number}</td></tr>`,
  );
  return html`<h1>查阅记录</h1><p class="quiet">谁查看过完整的身份证号、电话，谁下载过文件。最新的在前，最多500条。</p>${
    rows.length > 0
      ? html`<div class="scroll"><table><thead><tr><th>时间</th><th>谁</th><th>做了什么</th><th>申报件</th></tr></thead><tbody>${rows}</tbody></table></div>`
      : html`<p class="empty">还没有记录</p>`
  }<p><a class="button" href="${path}">回到设置</a></p>`;
}

async function settings({ books }: Desk, { visitor }: Ask): Promise<Html> {
  const staff = await listStaff(books.db);
  return html`<div class="head"><h1>设置</h1><a class="button" href="${path}/doctor">体检：检查邮箱、发信、数据库、磁盘</a> <a class="button" href="${path}/audit">查阅记录</a></div>
${section('staff', '账号', staffTable(staff, visitor))}
${section('round', '本批次', round(books))}
${section('roster', '推荐单位名册', await roster(books))}`;
}

function staffTable(staff: readonly Staff[], visitor: Visitor): Html {
  const options = (chosen: string) =>
    roles.map((role) => html`<option value="${role}"${role === chosen && html` selected`}>${roleWords[role]}</option>`);
  const rows = staff.map(({ name, role, isActive }) => {
    const form = `staff-${Buffer.from(name).toString('hex')}`;
    return html`<tr><td>${name}<form id="${form}" method="post" action="${path}/staff">${token(visitor)}<input type="hidden" name="name" value="${name}"></form></td>
<td><select form="${form}" name="role" aria-label="${name}的权限">${options(role)}</select></td>
<td><input form="${form}" name="password" type="password" autocomplete="new-password" minlength="8" placeholder="不改" aria-label="${name}的新密码"></td>
<td><select form="${form}" name="active" aria-label="${name}能否登录"><option value="yes">能登录</option><option value="no"${!isActive && html` selected`}>停用</option></select></td>
<td><button form="${form}">保存</button></td></tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th>姓名</th><th>权限</th><th>新密码</th><th>状态</th><th><span class="unseen">保存</span></th></tr></thead><tbody>${rows}</tbody></table></div>
<h3>添加账号</h3><form method="post" action="${path}/staff" class="inline">${token(visitor)}<label>姓名 <input name="name" required maxlength="30"></label>
<label>权限 <select name="role">${options('reviewer')}</select></label> <label>密码 <input name="password" type="password" autocomplete="new-password" minlength="8" required></label> <button class="primary">添加</button></form>
<p class="quiet">查看：只能看。审核：处理申报件和信。管理员：还能重跑任务、管理账号。</p>`;
}

function round({ notice, settings: { letters, quietMinutes, digestAt, digestTo } }: Desk['books']): Html {
  const facts: [string, string][] = [
    ['通知', `${notice.title}（${notice.documentNumber}）`],
    ['收件邮箱', notice.mailbox],
    ['开始收件', sayMoment(notice.opens)],
    [
      '报送截止',
      `${notice.deadline.wording}（${sayMoment(new Date(notice.deadline.cutOff.getTime() - 1000))}以前到达算按时）`,
    ],
    ['材料', notice.requirements.map(({ name }, index) => `${index + 1}. ${name}`).join('　')],
    ['发信', { auto: '到点自动发出', hold: '由人逐封发出', observe: '不写信' }[letters]],
    ['静候', `${quietMinutes}分钟没有新来信才发补正通知`],
    ['日报', `${digestAt}${digestTo.length > 0 ? `，发给${digestTo.join('、')}` : '，没有设置收件人'}`],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl><p class="quiet">这些写在 config 文件夹和 .env 里，改了以后重新启动；写法见 docs/next-notice.md。</p>`;
}

async function roster({ notice, db }: Desk['books']): Promise<Html> {
  const learnt = await addressesOfUnions(db, notice.code);
  const known = new Set(notice.roster.map(({ name }) => name));
  const others = [...learnt].filter(([name]) => !known.has(name));
  const line = (name: string, group: string, quota: number | null, aliases: readonly string[]) =>
    html`<tr><td>${name}</td><td>${group}</td><td class="n">${quota}</td><td>${aliases.join('、')}</td><td>${learnt.get(name)?.join('、')}</td></tr>`;
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="推荐单位名册"><table><thead><tr><th>单位</th><th>类别</th><th class="n">名额</th><th>别名</th><th>本批来过信的邮箱</th></tr></thead><tbody>
${notice.roster.map(({ name, group, quota, aliases }) => line(name, group, quota, aliases))}${others.map(([name]) => line(name, '不在名册', null, []))}</tbody></table></div>
<p class="quiet">名册写在 config 文件夹的 roster.csv 里。</p>`;
}

async function doctor(): Promise<Html> {
  const found = await diagnose(inspectSettings(), { isDeep: false });
  const rows = found.map(
    ({ title, ok, isBlocked, seen, advice }) =>
      html`<tr><td><span class="${ok ? 'good' : 'bad'}">${ok ? '✓ 正常' : isBlocked ? '－ 没有检查' : '✗ 不正常'}</span></td><td>${title}</td><td>${seen}</td><td class="lines">${advice}</td></tr>`,
  );
  return html`<h1>体检</h1><p class="quiet">${sayMoment(machineNow())}</p><div class="scroll"><table><thead><tr><th>结果</th><th>项目</th><th>看到的</th><th>怎么办</th></tr></thead><tbody>${rows}</tbody></table></div><p><a class="button" href="${path}">回到设置</a></p>`;
}
