import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspected, Settings } from '../../settings.ts';
import { fine, type Scene, type Seen, wrong } from './scene.ts';

/** Whether everything that is set can be read, and stands where it is looked for. */
export function testSettings({ inspected, rehearsal }: Scene): Seen {
  const { settings, mistakes, folder } = inspected;
  const troubles = [...mistakes.map(({ text }) => text), ...misnamed(inspected)];
  if (troubles.length > 0)
    return wrong(
      `有 ${troubles.length} 处要改`,
      [...troubles, `设置写在 ${join(folder, '.env')} 里，一行一项；改好后再运行一次。`].join('\n'),
    );
  const seen = rehearsal ? '没有设置邮箱，运行的是演练' : summary(settings);
  return fine(seen, isOpenToOthers(inspected) ? `.env 里有授权码，别的用户也能看到。请运行：chmod 600 .env` : '');
}

const modes = { auto: '到期自动发', hold: '等人放行', observe: '不写回函' };

function summary({ imapUrl, smtpUrl, letters }: Settings): string {
  return `收信 ${placeOf(imapUrl)}，发信 ${placeOf(smtpUrl)}，回函${modes[letters]}`;
}

/** Server and port of an address, or its folder: never who logs in, and with which code. */
export function placeOf(url: string | null): string {
  if (url === null) return '未设置';
  if (url.startsWith('file:')) return url;
  return URL.canParse(url) ? new URL(url).host : '地址写错';
}

/** Windows' Notepad adds an ending that Windows then hides. */
function misnamed({ folder, names }: Inspected): string[] {
  const isThere = names === null && existsSync(join(folder, '.env.txt'));
  return isThere ? ['设置文件的名字应是 .env，现在是 .env.txt，请改名'] : [];
}

function isOpenToOthers({ folder, names }: Inspected): boolean {
  return names !== null && (statSync(join(folder, '.env')).mode & 0o044) !== 0;
}
