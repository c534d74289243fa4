import type { RequirementStatus } from '../application/application.ts';
import { officeIso } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import { boxOf } from '../reports/digest/today.ts';
import { stateWords } from '../reports/say.ts';
import { type Html, html } from './html.ts';

/** One requirement as a sign, its meaning in words for whoever cannot see the colour. */
export function sign(name: string, status: RequirementStatus | undefined): Html {
  const state = status?.state ?? 'missing';
  return html`<span class="sign ${state}" title="${name}：${stateWords[state]}"><span aria-hidden="true">${boxOf[state]}</span><span class="unseen">${name}：${stateWords[state]}</span></span>`;
}

/** The six boxes in the notice's order. */
export const signs = (notice: Notice, requirements: Record<string, RequirementStatus>) =>
  notice.requirements.map(({ code, name }) => sign(name, requirements[code]));

/** `07-18 15:42`, the whole of it on hovering. */
export const moment = (at: Date | string) => {
  const iso = typeof at === 'string' ? at : officeIso(at);
  return html`<time datetime="${iso}" title="${iso.slice(0, 19).replace('T', ' ')}">${iso.slice(5, 16).replace('T', ' ')}</time>`;
};

/** `1.3 MB`, `27 KB` */
export function size(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
