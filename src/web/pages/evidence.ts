import { Failure } from '../../errors.ts';
import { attachment, evidenceFile } from '../../office/attachment.ts';
import { audit } from '../../office/history.ts';
import type { PictureWanted } from '../../previews/preview.ts';
import { html } from '../html.ts';
import { link } from '../paging.ts';
import { mayShowNumbers } from '../personal.ts';
import type { Ask, Route } from '../route.ts';
import { showFile } from './application/evidence.ts';

/** Files of strangers: re-encoded to look at, or as they are to be saved, never to be opened by the browser itself. */
export const evidenceRoutes: Route[] = [
  {
    method: 'GET',
    path: '/evidence',
    role: 'viewer',
    answer: async (desk, ask) => {
      const { message, file, sha256 } = named(ask);
      const { page, rotate } = wantedPicture(ask);
      const linkTo = (more: Record<string, string>) => link('/evidence', { ...ask.query, ...more });
      const isFull = await mayShowNumbers(desk, {
        visitor: ask.visitor,
        isWanted: ask.query.full === '1',
        what: `邮件${message} ${file}`,
        number: null,
      });
      const looked = {
        message,
        file,
        sha256,
        place: ask.query.at || null,
        page: page ?? 1,
        rotate: rotate ?? 0,
        isFull,
      };
      const main = html`<div class="head"><h1>${file}</h1><a class="button" href="/messages/${message}">看这封邮件</a>
<a class="button" href="${link('/evidence/file', { mail: String(message), file })}">下载</a></div><div class="evidence alone">${await showFile(desk, looked, linkTo)}</div>`;
      return { page: { title: file, place: '/messages', main } };
    },
  },
  {
    method: 'GET',
    path: '/evidence/picture',
    role: 'viewer',
    answer: async ({ books, previews }, ask) => {
      const { message, file, sha256 } = named(ask);
      const found = await evidenceFile(books, { id: message }, file, sha256);
      if (!found) throw new Failure('permanent', '没有这个文件');
      const picture = await previews.picture(found, wantedPicture(ask));
      if (picture.kind === 'none') throw new Failure('permanent', picture.reason);
      return { bytes: picture.bytes, type: 'image/jpeg', headers: { 'cache-control': 'private, max-age=3600' } };
    },
  },
  {
    method: 'GET',
    path: '/evidence/file',
    role: 'viewer',
    answer: async ({ books, previews }, ask) => {
      const { message, file } = named(ask);
      const original = await attachment(books, previews, { id: message }, file);
      if (!original) throw new Failure('permanent', '这封邮件里没有这个文件');
      await audit(books, { by: ask.visitor.name, what: `下载文件 ${file}（邮件 ${message}）` });
      const name = encodeURIComponent(original.name);
      const headers = {
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'content-security-policy': 'sandbox',
      };
      return { bytes: original.bytes, type: 'application/octet-stream', headers };
    },
  },
];

function named({ query }: Ask): { message: number; file: string; sha256: string | null } {
  const message = /^\d{1,9}$/.test(query.mail ?? '') ? Number(query.mail) : 0;
  const sha256 = /^[0-9a-f]{64}$/.test(query.sha ?? '') ? (query.sha ?? null) : null;
  if (!message || !query.file) throw new Failure('permanent', '没有说明是哪个文件');
  return { message, file: query.file, sha256 };
}

const angles = [90, 180, 270] as const;

function wantedPicture({ query }: Ask): PictureWanted {
  const number = (given: string | undefined) => (/^\d{1,4}$/.test(given ?? '') ? Number(given) : null);
  const [page, index] = [number(query.page ?? query.page_no), number(query.index)];
  const rotate = angles.find((each) => String(each) === query.rotate);
  return {
    size: 'screen',
    ...(page !== null && page > 0 && { page }),
    ...(index !== null && { index }),
    ...(rotate && { rotate }),
  };
}
