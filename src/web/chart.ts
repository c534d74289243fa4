import { atOfficeTime, dayName, sayDay, shiftDay } from '../clock.ts';
import { type Html, html } from './html.ts';

const height = 72;
const barWidth = 14;
const gap = 4;
/** As many days as a phone can show. */
const mostDays = 31;

/**
 * Mails a day as bars. The figures also stand in a table for whoever cannot see them.
 *
 * @param arrivals days with mail, in order; the days between are filled in
 * @param cutOff the day before it is marked
 */
export function arrivalsChart(arrivals: readonly { day: string; count: number }[], cutOff: Date): Html {
  const days = filled(arrivals).slice(-mostDays);
  if (days.length === 0) return html`<p class="quiet">还没有来信</p>`;
  const most = Math.max(...days.map(({ count }) => count));
  const lastDay = dayName(new Date(cutOff.getTime() - 1));
  const width = days.length * (barWidth + gap);
  const bars = days.map(({ day, count }, index) => {
    const tall = most === 0 ? 0 : Math.round((count / most) * (height - 16));
    const isLast = day === lastDay;
    const said = sayDay(atOfficeTime(day, '12:00'));
    const x = index * (barWidth + gap);
    return html`<g class="bar${isLast && ' last'}"><title>${said}：${count}封${isLast && '（截止日）'}</title>
<rect x="${x}" y="${height - tall}" width="${barWidth}" height="${Math.max(tall, 1)}" rx="2"></rect>${
      count > 0 && html`<text x="${x + barWidth / 2}" y="${height - tall - 3}">${count}</text>`
    }</g>`;
  });
  const ends = [days[0], days.at(-1)].map((each) => (each ? sayDay(atOfficeTime(each.day, '12:00')) : ''));
  return html`<figure class="chart"><svg viewBox="0 -4 ${width} ${height + 4}" role="img" aria-label="每天来信数，${ends[0]}至${ends[1]}，最多一天${most}封">${bars}</svg>
<figcaption><span>${ends[0]}</span><span>${ends[1]}</span></figcaption></figure>`;
}

function filled(arrivals: readonly { day: string; count: number }[]): { day: string; count: number }[] {
  const [first, last] = [arrivals[0]?.day, arrivals.at(-1)?.day];
  if (!first || !last) return [];
  const counts = new Map(arrivals.map(({ day, count }) => [day, count]));
  const days = [];
  for (let day = first; day <= last && days.length < 400; day = shiftDay(day, 1))
    days.push({ day, count: counts.get(day) ?? 0 });
  return days;
}
