import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { Failure } from '../errors.ts';
import { cookieName, isOwnForm, visitorOf } from './access/session.ts';
import { assetsOf } from './assets.ts';
import type { Desk } from './desk.ts';
import { lastOf, maxUploadBytes, readBody } from './form.ts';
import { frameFor } from './frame.ts';
import { cameFrom } from './from.ts';
import { documentOf, mayPass } from './page.ts';
import { loginPage, loginRoutes } from './pages/login.ts';
import { problemPage } from './pages/problem.ts';
import { link } from './paging.ts';
import type { Answer, Ask, Page, Route, Visitor } from './route.ts';

/** Nothing from elsewhere, no script or style inside a page, nobody may frame us or be told where we came from. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** The console's doors: who may pass, what is let in, how an answer leaves. What a page says is in `pages/`. */
export async function buildServer(desk: Desk, routes: readonly Route[]): Promise<FastifyInstance> {
  const server = fastify({ bodyLimit: 1024 * 1024, trustProxy: false, logger: false });
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: 1024 * 1024 });
  await server.register(multipart, { limits: { fileSize: maxUploadBytes, files: 40, fields: 40, parts: 100 } });
  server.addHook('onRequest', async (_, reply) => void reply.headers(headers));
  for (const asset of assetsOf())
    server.get(asset.path, (_, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(asset.type).send(asset.bytes),
    );
  server.addHook('onRequest', async (ask, reply) => {
    // Also the login, which has no token yet: only our own pages send forms here (Fetch Metadata).
    if (ask.method === 'POST' && ask.headers['sec-fetch-site'] === 'cross-site') return reply.code(403).send();
  });
  loginRoutes(server, desk);
  for (const route of routes)
    server.route({ method: route.method, url: route.path, handler: (ask, reply) => pass(desk, route, ask, reply) });
  server.get('/live', async (ask, reply) => {
    if (!(await visitor(desk, ask))) return reply.code(401).send();
    reply.hijack();
    if (!desk.live.join(reply.raw)) reply.raw.writeHead(503).end();
  });
  server.setNotFoundHandler((ask, reply) => refuse(desk, ask, reply, new Failure('permanent', '没有这个页面'), 404));
  server.setErrorHandler((error, ask, reply) => failed(desk, ask, reply, error));
  return server;
}

const visitor = (desk: Desk, ask: FastifyRequest) => visitorOf(desk.books.db, ask.cookies[cookieName]);

async function pass(desk: Desk, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const who = await visitor(desk, request);
  if (!who) return toLogin(desk, request, reply);
  if (!mayPass(who, route.role)) return refuse(desk, request, reply, new Failure('permanent', notYours(request)), 403);
  const ask = await read(request, who);
  if (route.method === 'POST' && !isOwnForm(who, ask.form.csrf))
    return refuse(desk, request, reply, new Failure('permanent', foreignForm), 403);
  return send(desk, who, reply, await route.answer(desk, ask));
}

const askedOf = ({ method }: FastifyRequest) => (method === 'POST' ? 'deed' : 'page');
const notYours = (ask: FastifyRequest) =>
  `您的账号没有${askedOf(ask) === 'deed' ? '做这件事' : '看这一页'}的权限，请联系管理员`;
const foreignForm = '这一页已经过期（可能重新登录过），没有作任何改动。请返回上一页刷新后再做一次';

async function read(request: FastifyRequest, who: Visitor): Promise<Ask> {
  const { form, files } = await readBody(request);
  return {
    path: request.url,
    from: cameFrom(request.headers.referer, request.headers.host),
    params: request.params as Record<string, string>,
    query: lastOf(request.query),
    form,
    files,
    visitor: who,
  };
}

async function send(desk: Desk, who: Visitor | null, reply: FastifyReply, answer: Answer): Promise<unknown> {
  if ('redirect' in answer) return reply.redirect(answer.redirect, 303);
  if ('bytes' in answer)
    return reply
      .headers(answer.headers ?? {})
      .type(answer.type)
      .send(answer.bytes);
  return sendPage(desk, who, reply, answer.page);
}

async function sendPage(desk: Desk, who: Visitor | null, reply: FastifyReply, page: Page): Promise<unknown> {
  const document = documentOf(page, await frameFor(desk, who));
  return reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(document);
}

/** A page asked for without a login is shown after it; a form sent without one is not done afterwards. */
async function toLogin(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (request.method === 'GET') return reply.redirect(link('/login', { wanted: request.url }), 303);
  const wanted = cameFrom(request.headers.referer, request.headers.host) ?? '/';
  const page = loginPage({ wanted, trouble: '登录已经过期，刚才的操作没有办。请重新登录后再做一次', name: '' });
  return sendPage(desk, null, reply, { ...page, status: 401 });
}

async function refuse(desk: Desk, ask: FastifyRequest, reply: FastifyReply, why: Failure, status: number) {
  const back = ask.method === 'POST' ? cameFrom(ask.headers.referer, ask.headers.host) : null;
  return sendPage(desk, await visitor(desk, ask), reply, { ...problemPage(why.forPerson, back, askedOf(ask)), status });
}

/** What a person may know goes to the page, the rest to the log. */
function failed(desk: Desk, ask: FastifyRequest, reply: FastifyReply, error: unknown): Promise<unknown> {
  if (error instanceof Failure) return refuse(desk, ask, reply, error, error.kind === 'temporary' ? 503 : 400);
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) return refuse(desk, ask, reply, new Failure('permanent', '文件太大，一次最多补入 50 MB'), 413);
  if (status < 500) return refuse(desk, ask, reply, new Failure('permanent', '看不懂这次请求，请返回重试'), status);
  desk.books.log.error({ err: error, path: ask.url.split('?')[0] }, 'a page failed');
  return sendPage(desk, null, reply, { ...problemPage(ourFault, null, askedOf(ask)), status: 500 });
}

const ourFault = '系统出了问题，没有作任何改动。请稍后再试；如果总是这样，请把时间告诉管理员查看日志';
