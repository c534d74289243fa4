import { squeeze } from '../../text/squeeze.ts';
import { ticked } from './ticks.ts';

const chinese = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** `2`, `２项`, `两项`, `无` → 2, 2, 2, 0. Null when the cell states no single number. */
export function readCount(text: string, none: readonly string[]): number | null {
  const bare = squeeze(text);
  if (none.map(squeeze).includes(bare)) return 0;
  const match = /^(?:共|计|合计)?(\d{1,4}|[零一二两三四五六七八九十])(?:项|个|次|人|名|件|篇|份)?$/.exec(bare);
  if (!match?.[1]) return null;
  return /\d/.test(match[1]) ? Number(match[1]) : chinese.indexOf(match[1].replace('两', '二'));
}

/** 男 or 女, also ticked (`☐男 ☑女`, `男√ 女`); null when both or neither stand there. */
export function readSex(text: string): '男' | '女' | null {
  const bare = squeeze(ticked(text) || text);
  if (bare.includes('男') === bare.includes('女')) return null;
  return bare.includes('男') ? '男' : '女';
}
