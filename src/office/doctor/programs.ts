import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { openReader } from '../../documents/reader.ts';
import { fine, type Seen, wrong } from './scene.ts';

/** A picture of one white dot (PNG): reading it needs the child process and the picture library. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQI12P4//8/AAX+Av7czFnnAAAAAElFTkSuQmCC',
  'base64',
);

/** Whether strangers' files can be read here: the children start, and what they load fits this computer. */
export async function testPrograms(): Promise<Seen> {
  const reader = openReader({ children: 1 });
  try {
    const reading = await reader.read({ name: '试验.png', bytes: dot });
    if (reading.kind === 'picture') return fine(`Word、Excel、PDF、图片可以读取；${others()}`);
    const detail = reading.kind === 'unreadable' ? `${reading.reason} ${reading.detail}`.trim() : reading.kind;
    return wrong(
      `读取文件的程序不能用（${detail}）`,
      '请在程序文件夹里运行 npm ci 重新安装；仍不行，请把这一行转给维护人员。',
    );
  } finally {
    await reader.close();
  }
}

/** Old Word files are read by ourselves; what LibreOffice would add is not used yet. */
const others = () =>
  `LibreOffice ${isInstalled('soffice') ? '已安装' : '没有安装'}（本版不需要）；扫描件文字识别本版没有，由人查看`;

const isInstalled = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
