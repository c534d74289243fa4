import { join } from 'node:path';
import { Failure } from '../../errors.ts';
import type { Scene } from './scene.ts';

/** From the rehearsal to the real mailbox, step by step; the server's name is guessed as NetEase and QQ name theirs. */
export function firstSteps({ notice, inspected: { folder } }: Scene): string {
  const address = notice instanceof Failure ? '帐号@126.com' : notice.mailbox;
  const [user, domain] = address.split('@');
  const login = `${user}%40${domain}:授权码`;
  return [
    '接上真实邮箱：',
    `1. 用浏览器登录 ${address}，打开“设置 → POP3/SMTP/IMAP”，开启“IMAP/SMTP 服务”，记下授权码（不是网页登录密码，只显示一次）。`,
    '2. 在同一页把“收取最近30天邮件”改为“收取全部邮件”。',
    `3. 新建文件 ${join(folder, '.env')}，写上（“授权码”三字换成记下的授权码）：`,
    `   IMAP_URL=imaps://${login}@imap.${domain}:993`,
    `   SMTP_URL=smtps://${login}@smtp.${domain}:465`,
    '   DIGEST_TO=接收每日收件日报的邮箱',
    '   LETTERS=hold',
    '   （hold 是每封回函先等人放行；放心以后改为 auto，到时自动发出。）',
    '4. 再运行 npx shouli doctor；全部通过后运行 npm start。',
  ].join('\n');
}
