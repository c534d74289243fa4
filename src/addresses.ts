export type AddressName = 'IMAP_URL' | 'SMTP_URL' | 'DATABASE_URL' | 'REDIS_URL';

/** `example`: how the address is written rightly, in Chinese. */
const rules: Record<AddressName, { isRight: (url: URL) => boolean; example: string }> = {
  IMAP_URL: { isRight: (url) => isMail(url, 'imap') && url.password !== '', example: mailExample('imap', 993) },
  // a relay may ask for no login; who names an account must give its code
  SMTP_URL: {
    isRight: (url) => isMail(url, 'smtp') && (url.username === '') === (url.password === ''),
    example: mailExample('smtp', 465),
  },
  // `pg` takes any scheme and then looks for the server: mysql:// ended in ENOTFOUND. Without host: this machine's socket
  DATABASE_URL: {
    isRight: ({ protocol, href }) => /^postgres(ql)?:$/.test(protocol) && href.startsWith(`${protocol}//`),
    example: 'postgres://用户:密码@服务器:5432/数据库；不用单独的数据库服务器时，请删去这一行',
  },
  REDIS_URL: {
    isRight: (url) => /^rediss?:$/.test(url.protocol) && hasHost(url) && /^\/?\d*$/.test(url.pathname),
    example: 'redis://服务器:6379，有密码的写成 redis://:密码@服务器:6379；不用 Redis 时，请删去这一行',
  },
};

/**
 * What is wrong with an address of the settings, in Chinese with an example; null when it can be tried. Never repeats the
 * address: it holds a code, also where it cannot be read.
 */
export function addressTrouble(name: AddressName, value: string): string | null {
  const isMailSetting = name === 'IMAP_URL' || name === 'SMTP_URL';
  if (isMailSetting && /^file:./.test(value)) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const { isRight, example } = rules[name];
  if (url && isDecodable(url) && isRight(url)) return null;
  return `${name} 应写成 ${example}。密码、授权码里的特殊字符要写成 %XX，如 # 写成 %23，% 写成 %25`;
}

/** This machine: loopback, or a folder. What is no address is neither. */
export function isLocal(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return url.startsWith('file:') || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}

/** Mail servers by TLS, plain only to this machine: a code must not cross the net in the clear. */
function isMail(url: URL, plain: 'imap' | 'smtp'): boolean {
  const isSafe = url.protocol === `${plain}s:` || (url.protocol === `${plain}:` && isLocal(url.href));
  return isSafe && hasHost(url) && (plain === 'smtp' || url.username !== '');
}

/** A name in full-width letters is none: it stays percent-encoded. */
const hasHost = ({ hostname }: URL) => hostname !== '' && !hostname.includes('%');

/** A % that encodes nothing: a code pasted as it is. */
function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    return decodeURIComponent(username + password + pathname) !== null;
  } catch {
    return false; // URIError is the answer
  }
}

function mailExample(plain: 'imap' | 'smtp', port: number): string {
  const host = `${plain}.126.com:${port}`;
  return `${plain}s://邮箱帐号:授权码@服务器:端口（如 ${plain}s://office%40126.com:授权码@${host}，帐号里的 @ 写成 %40）或 file:文件夹；${plain}:// 只能用于本机`;
}
