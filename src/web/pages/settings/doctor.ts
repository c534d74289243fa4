import { machineNow, sayMoment } from '../../../clock.ts';
import { diagnose } from '../../../office/doctor/index.ts';
import { inspectSettings } from '../../../settings.ts';
import { type Html, html } from '../../html.ts';

/** What `shouli doctor` says, without its deep look: the office at work holds the mailbox. */
export async function doctor(): Promise<Html> {
  const found = await diagnose(inspectSettings(), { isDeep: false });
  const rows = found.map(
    ({ title, ok, isBlocked, seen, advice }) =>
      html`<tr><td class="verdict"><span class="${ok ? 'good' : 'bad'}">${ok ? '✓ 正常' : isBlocked ? '－ 没有检查' : '✗ 不正常'}</span></td><td class="verdict">${title}</td><td>${seen}</td><td class="lines">${advice}</td></tr>`,
  );
  return html`<h1>体检</h1><p class="quiet">${sayMoment(machineNow())}</p><div class="scroll"><table><thead><tr><th>结果</th><th>项目</th><th>看到的</th><th>怎么办</th></tr></thead><tbody>${rows}</tbody></table></div><p><a class="button" href="/settings">回到设置</a></p>`;
}
