import { openConverter } from '../../documents/libreoffice/convert.ts';
import { findLibreOffice, installCommand } from '../../documents/libreoffice/find.ts';
import { openReader } from '../../documents/reader.ts';
import { fine, type Scene, type Seen, wrong } from './scene.ts';

/** A picture of one white dot (PNG): reading it needs the child process and the picture library. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQI12P4//8/AAX+Av7czFnnAAAAAElFTkSuQmCC',
  'base64',
);

const noText = '扫描件文字识别本版没有，由人查看';

/**
 * Whether strangers' files can be read here: the children start, and what they load fits this computer; asked deeply,
 * also whether LibreOffice, where there is one, really converts a file.
 */
export async function testPrograms({ isDeep }: Pick<Scene, 'isDeep'>): Promise<Seen> {
  const reader = openReader({ children: 1 });
  try {
    const reading = await reader.read({ name: '试验.png', bytes: dot });
    if (reading.kind === 'picture') return await testLibreOffice(findLibreOffice(), isDeep);
    const detail = reading.kind === 'unreadable' ? `${reading.reason} ${reading.detail}`.trim() : reading.kind;
    return wrong(
      `读取文件的程序不能用（${detail}）`,
      '请在程序文件夹里运行 npm ci 重新安装；仍不行，请把这一行转给维护人员。',
    );
  } finally {
    await reader.close();
  }
}

/** LibreOffice is wanted, not needed: without it all is read, and what cannot be told from an old file is left to people. */
export async function testLibreOffice(soffice: string | null, isDeep: boolean): Promise<Seen> {
  const all = 'Word、Excel、PDF、图片可以读取';
  if (soffice === null)
    return fine(
      `${all}；未安装 LibreOffice；${noText}`,
      `旧版 .doc、.wps、.rtf 照常读取；个别没有传完、损坏或年代太久的读不全，由人核对。要装 LibreOffice 来读这些文件（Debian、Ubuntu）：${installCommand}`,
    );
  if (!isDeep || (await converts(soffice))) return fine(`${all}；LibreOffice 已安装；${noText}`);
  return fine(
    `${all}；LibreOffice 已安装，但不能转换文件`,
    `不影响收件：旧版 Word 文件由本程序自己读取。请重新安装：${installCommand}`,
  );
}

async function converts(soffice: string): Promise<boolean> {
  const converter = openConverter(soffice, { wallMs: 8_000, residentBytes: 768 * 1024 * 1024 });
  try {
    return 'docx' in (await converter.convert('rtf', Buffer.from('{\\rtf1 a\\par}')));
  } finally {
    await converter.close();
  }
}
