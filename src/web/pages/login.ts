import type { FastifyInstance } from 'fastify';
import { isPassword } from '../../office/password.ts';
import { findStaff } from '../../store/desk/staff.ts';
import { cookieName, isOwnForm, logIn, logOut, visitorOf } from '../access/session.ts';
import type { Desk } from '../desk.ts';
import { lastOf } from '../form.ts';
import { frameFor } from '../frame.ts';
import { html } from '../html.ts';
import { documentOf } from '../page.ts';
import type { Page } from '../route.ts';

type Asked = { wanted: string; trouble: string | null; name: string };

export const loginPage = ({ wanted, trouble, name }: Asked): Page => ({
  title: '登录',
  main: html`<div class="login"><h1><span class="seal" aria-hidden="true">受理</span> 审核台</h1>
${trouble && html`<p class="alarm" role="alert" data-refused>${trouble}</p>`}
<form method="post" action="/login" class="stack">
<input type="hidden" name="wanted" value="${wanted}">
<label>姓名<input name="name" value="${name}" autocomplete="username" required autofocus></label>
<label>密码<input name="password" type="password" autocomplete="current-password" required></label>
<button class="primary">登录</button></form>
<p class="quiet">没有账号、忘记密码：请管理员在“设置”里办理，或在本机运行 npx shouli users</p></div>`,
});

/** Only back to a page of ours: a link that names another site behind our login would be believed. */
const within = (wanted: string) => (/^\/(?![/\\])\P{Cc}*$/u.test(wanted) ? wanted : '/');

/** The doors that a stranger may knock at. */
export function loginRoutes(server: FastifyInstance, desk: Desk): void {
  server.get('/login', async (request, reply) => {
    const page = loginPage({ wanted: within(lastOf(request.query).wanted ?? '/'), trouble: null, name: '' });
    return reply.type('text/html; charset=utf-8').send(documentOf(page, await frameFor(desk, null)));
  });
  server.post('/login', async (request, reply) => {
    const { name = '', password = '', wanted = '/' } = lastOf(request.body);
    const trouble = await tryLogin(desk, { name: name.trim(), password, address: request.ip });
    if (trouble === null) {
      const cookie = await logIn(desk.books.db, name.trim());
      reply.setCookie(cookieName, cookie, { path: '/', httpOnly: true, sameSite: 'lax', secure: isTls(request) });
      return reply.redirect(within(wanted), 303);
    }
    const page = loginPage({ wanted: within(wanted), trouble, name });
    return reply
      .code(401)
      .type('text/html; charset=utf-8')
      .send(documentOf(page, await frameFor(desk, null)));
  });
  server.post('/logout', async (request, reply) => {
    const cookie = request.cookies[cookieName];
    const visitor = await visitorOf(desk.books.db, cookie);
    if (cookie && visitor && isOwnForm(visitor, lastOf(request.body).csrf)) await logOut(desk.books.db, cookie);
    return reply.clearCookie(cookieName, { path: '/' }).redirect('/login', 303);
  });
}

/** Behind a proxy that speaks TLS for us the browser still keeps the cookie to it. */
const isTls = (request: { protocol: string; headers: NodeJS.Dict<string | string[]> }) =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';

type Try = { name: string; password: string; address: string };

/** @returns what to say, in Chinese; null when the person is who they say */
async function tryLogin({ books, throttle }: Desk, { name, password, address }: Try): Promise<string | null> {
  const minutes = throttle.minutesToWait(name, address);
  if (minutes > 0) return `密码错了太多次，请${minutes}分钟后再试，或请管理员重设密码`;
  const staff = await findStaff(books.db, name);
  const isRight = await isPassword(password, staff?.isActive ? staff.password : null);
  if (isRight) throttle.succeeded(name);
  else throttle.failed(name, address);
  return isRight ? null : '姓名或密码不对';
}
