import { Failure } from '../../../errors.ts';
import { putStaffMember } from '../../../office/staff.ts';
import { findStaff, roles, type Staff } from '../../../store/desk/staff.ts';
import { type Html, html } from '../../html.ts';
import { roleWords, token } from '../../page.ts';
import { link } from '../../paging.ts';
import type { Route, Visitor } from '../../route.ts';

/** Who may log in, added and changed by an admin. */
export const accountRoute: Route = {
  method: 'POST',
  path: '/settings/staff',
  role: 'admin',
  answer: async ({ books }, { form, visitor }) => {
    const role = roles.find((each) => each === form.role);
    if (!role) throw new Failure('permanent', '请选择权限');
    const password = form.password ? form.password : null;
    const isActive = form.active !== 'no';
    const name = (form.name ?? '').trim();
    if (form.added === '1' && (await findStaff(books.db, name)))
      throw new Failure('permanent', `已经有“${name}”的账号，没有改动；要改密码或权限，请在账号表里改`);
    await putStaffMember(books, { name, role, password, isActive }, visitor.name);
    return { redirect: link('/settings', { saved: name }) };
  },
};

export function staffTable(staff: readonly Staff[], visitor: Visitor): Html {
  const options = (chosen: string) =>
    roles.map((role) => html`<option value="${role}"${role === chosen && html` selected`}>${roleWords[role]}</option>`);
  const rows = staff.map(({ name, role, isActive }) => {
    const form = `staff-${Buffer.from(name).toString('hex')}`;
    return html`<tr><td>${name}<form id="${form}" method="post" action="/settings/staff">${token(visitor)}<input type="hidden" name="name" value="${name}"></form></td>
<td><select form="${form}" name="role" aria-label="${name}的权限">${options(role)}</select></td>
<td><input form="${form}" name="password" type="password" autocomplete="new-password" minlength="8" placeholder="不改" aria-label="${name}的新密码"></td>
<td><select form="${form}" name="active" aria-label="${name}能否登录"><option value="yes">能登录</option><option value="no"${!isActive && html` selected`}>停用</option></select></td>
<td><button form="${form}">保存</button></td></tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th>姓名</th><th>权限</th><th>新密码</th><th>状态</th><th><span class="unseen">保存</span></th></tr></thead><tbody>${rows}</tbody></table></div>
<h3>添加账号</h3><form method="post" action="/settings/staff" class="inline">${token(visitor)}<input type="hidden" name="added" value="1"><label>姓名 <input name="name" required maxlength="30"></label>
<label>权限 <select name="role">${options('reviewer')}</select></label> <label>密码 <input name="password" type="password" autocomplete="new-password" minlength="8" required></label> <button class="primary">添加</button></form>
<p class="quiet">查看：只能看。审核：处理申报件和信。管理员：还能重跑任务、管理账号。</p>`;
}
