import { html } from '../html.ts';
import type { Page } from '../route.ts';

/**
 * Says what went wrong and where to go on.
 *
 * @param back the page of ours that the form was sent from; what was typed waits there
 * @param asked what was wanted: to see a page, or to have something done
 */
export function problemPage(what: string, back: string | null, asked: 'page' | 'deed'): Page {
  const title = asked === 'page' ? '这一页打不开' : '没有办成';
  return {
    title,
    main: html`<div class="narrow" data-refused><h1>${title}</h1><p class="alarm" role="alert">${what}</p><p>${
      back === null
        ? html`<a class="button" href="/">回到今日</a>`
        : html`<a class="button primary" href="${back}">返回刚才那一页</a>`
    }</p></div>`,
  };
}
