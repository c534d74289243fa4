import { Failure } from '../../errors.ts';
import { isPassword } from '../../office/password.ts';
import { putStaffMember } from '../../office/staff.ts';
import { findStaff } from '../../store/desk/staff.ts';
import { html } from '../html.ts';
import { token } from '../page.ts';
import type { Route } from '../route.ts';

/** Everybody changes their own password. */
export const passwordRoutes: Route[] = [
  {
    method: 'GET',
    path: '/password',
    role: 'viewer',
    answer: async (_, { visitor }) => ({
      page: {
        title: '改密码',
        main: html`<div class="narrow"><h1>改密码</h1><form method="post" action="/password" class="stack">${token(visitor)}
<label>现在的密码<input name="old" type="password" autocomplete="current-password" required></label>
<label>新密码（至少8个字）<input name="new" type="password" autocomplete="new-password" minlength="8" required></label>
<button class="primary">改密码</button></form><p class="quiet">改好以后，所有地方都要用新密码重新登录。</p></div>`,
      },
    }),
  },
  {
    method: 'POST',
    path: '/password',
    role: 'viewer',
    answer: async ({ books, throttle }, { visitor, form }) => {
      const staff = await findStaff(books.db, visitor.name);
      if (throttle.minutesToWait(visitor.name, 'password') > 0)
        throw new Failure('permanent', '密码错了太多次，请一刻钟后再试');
      if (!staff || !(await isPassword(form.old ?? '', staff.password))) {
        throttle.failed(visitor.name, 'password');
        throw new Failure('permanent', '现在的密码不对，没有改动');
      }
      await putStaffMember(books, { ...staff, password: form.new ?? '' }, visitor.name);
      return { redirect: '/login' };
    },
  },
];
