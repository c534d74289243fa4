import { html } from '../html.ts';
import type { Page } from '../route.ts';

/** Says what went wrong and where to go on. */
export const problemPage = (what: string): Page => ({
  title: '没有办成',
  main: html`<div class="narrow"><h1>没有办成</h1><p class="alarm" role="alert">${what}</p><p><a class="button" href="/">回到今日</a></p></div>`,
});
