import { didYouMean } from '../config/problem.ts';
import { Failure } from '../errors.ts';

/** One command: its words in, what it prints out, the exit code back (0 ok, 1 not so). */
type Command = { does: string; usage: string; load: () => Promise<(words: string[]) => Promise<number>> };

/** Loaded only when called: `check` must not wait for what other commands need. */
const commands: Record<string, Command> = {
  check: {
    does: '看看这些邮件合起来是什么、缺什么、哪里不对、会回什么信（不改动任何东西）',
    usage: 'check 邮件.eml… [--received-at 时间] [--json]',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  read: {
    does: '看看一个文件或图片里能读出什么',
    usage: 'read 文件… [--json]',
    load: async () => (await import('./read.ts')).readCommand,
  },
};

/**
 * Runs one command line.
 *
 * @returns the exit code: 0 ok, 1 the thing asked for is not so, 2 bad usage or configuration
 */
export async function main([name, ...words]: string[]): Promise<number> {
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') return say(help(), 0);
    const command = commands[name];
    if (!command) throw new Failure('usage', unknownCommand(name));
    if (words.includes('--help')) return say(`用法：npx shouli ${command.usage}\n${command.does}`, 0);
    return await (await command.load())(words);
  } catch (error) {
    if (!(error instanceof Failure)) throw error; // a fault of ours: shown whole, exit code 1 by Node
    console.error(error.forPerson);
    return error.kind === 'usage' ? 2 : 1;
  }
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, does }) => `  npx shouli ${usage}\n      ${does}`);
  return `受理：读邮件、认材料、查问题、写回函。\n\n${lines.join('\n')}\n\n时间写成 2018-07-20T23:59:59（北京时间）。`;
}

function unknownCommand(name: string): string {
  const meant = didYouMean(name, Object.keys(commands));
  return `不认识命令“${name}”${meant ? `，是不是想写 ${meant}？` : ''}\n\n${help()}`;
}
