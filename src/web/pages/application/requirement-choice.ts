import type { Notice } from '../../../notice/notice.ts';
import { type Html, html } from '../../html.ts';

/** What a file may be said to be, as options of a choice; a list's table and its certificates apart. */
export const requirementOptions = ({ requirements }: Notice): Html[] =>
  requirements.flatMap(({ code, name, kind }) => {
    const option = (part: string, words: string) => html`<option value="${code}:${part}">${words}</option>`;
    if (kind === 'list') return [option('form', `${name}（表）`), option('certificates', `${name}（证书）`)];
    return [option(kind === 'photo' ? 'photo' : kind === 'certificates' ? 'certificates' : 'form', name)];
  });

export const noMaterial = html`<option value="aside">不是申报材料</option>`;
