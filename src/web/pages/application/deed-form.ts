import type { DeedKind } from '../../../review/acts.ts';
import { type Html, html } from '../../html.ts';
import { token } from '../../page.ts';
import type { ApplicationFacts } from './facts.ts';

/** A form that does one thing to the application as it is shown; on one that has changed since, the act is refused. */
export const actForm = (
  { record, visitor }: Pick<ApplicationFacts, 'record' | 'visitor'>,
  kind: DeedKind,
  inside: Html,
) =>
  html`<form method="post" action="/applications/${encodeURIComponent(record.number)}/${kind}" class="inline" data-keep>${token(visitor)}<input type="hidden" name="seen" value="${record.version}">${inside}</form>`;

export const reasonField = (hint: string) =>
  html`<label><span class="unseen">理由</span><input name="reason" placeholder="${hint}" maxlength="300" required></label> `;
