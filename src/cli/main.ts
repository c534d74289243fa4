import { didYouMean } from '../config/problem.ts';
import { Failure } from '../errors.ts';

/** One command: its words in, what it prints out, the exit code back (0 ok, 1 not so). */
type Command = { does: string; usage: string; load: () => Promise<(words: string[]) => Promise<number>> };

/** Loaded only when called: `check` must not wait for what other commands need. */
const commands: Record<string, Command> = {
  start: {
    does: '看守邮箱、登记、核对、回信、每日一报，并打开审核台；没有设置邮箱时播放演练。web 只开审核台，workers 不开；--once 处理完眼前的就结束',
    usage: 'start [web|workers] [--once]',
    load: async () => (await import('./start.ts')).startCommand,
  },
  queue: {
    does: '等待人工处理的事项，最急的在前',
    usage: 'queue [--json]',
    load: async () => (await import('./queue.ts')).queueCommand,
  },
  applications: {
    does: '全部申报件：六项材料、时限、状态',
    usage: 'applications [--json]',
    load: async () => (await import('./applications.ts')).applicationsCommand,
  },
  show: {
    does: '一件申报的材料、问题、往来和经过',
    usage: 'show 编号 [--json]',
    load: async () => (await import('./show.ts')).showCommand,
  },
  decide: {
    does: '记下处理意见：accept 通过初审，return 退回补正，decline 不予受理',
    usage: 'decide 编号 accept|return|decline --note 理由',
    load: async () => (await import('./decide.ts')).decideCommand,
  },
  messages: {
    does: '邮件台账：每封邮件的去向',
    usage: 'messages [--json]',
    load: async () => (await import('./messages.ts')).messagesCommand,
  },
  letters: {
    does: '待发和已发的信',
    usage: 'letters [--json]',
    load: async () => (await import('./letters.ts')).lettersCommand,
  },
  release: {
    does: '发出等待人工发送的信',
    usage: 'release 信件序号…|--all',
    load: async () => (await import('./release.ts')).releaseCommand,
  },
  hold: { does: '停止一切发信', usage: 'hold', load: async () => (await import('./stop-letters.ts')).holdCommand },
  resume: { does: '恢复发信', usage: 'resume', load: async () => (await import('./stop-letters.ts')).resumeCommand },
  digest: {
    does: '收件日报；--send 同时发给 DIGEST_TO',
    usage: 'digest [--date 年-月-日] [--send] [--json]',
    load: async () => (await import('./digest.ts')).digestCommand,
  },
  jobs: {
    does: '失败的任务：步骤和原因',
    usage: 'jobs --failed [--json]',
    load: async () => (await import('./jobs.ts')).jobsCommand,
  },
  rerun: {
    does: '从原始邮件重新处理；同样的情况不会再发第二封信',
    usage: 'rerun 邮件序号…|--failed|--all',
    load: async () => (await import('./rerun.ts')).rerunCommand,
  },
  doctor: {
    does: '检查设置、邮箱、发信、数据库、磁盘……，说明哪里不对、怎么办；--deep 受理系统运行时也登录邮箱试一次',
    usage: 'doctor [--deep] [--json]',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  health: {
    does: '受理系统是否在运行、按时收信（一行；给 Docker 等看守程序用，不登录邮箱）',
    usage: 'health',
    load: async () => (await import('./health.ts')).healthCommand,
  },
  users: {
    does: '谁能登录审核台：添加、改密码和权限、停用（add 会询问密码）',
    usage: 'users [add 姓名 [--role 查看|审核|管理员] | close 姓名] [--json]',
    load: async () => (await import('./users.ts')).usersCommand,
  },
  export: {
    does: '导出台账（Excel）和每件申报的情况',
    usage: 'export 文件夹',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  forms: {
    does: '生成本批各张空白表（Word 和 Excel 各一份，可直接打印）；写上编号的，已知的内容代为填好',
    usage: 'forms 文件夹 [--number 编号]',
    load: async () => (await import('./forms.ts')).formsCommand,
  },
  backup: {
    does: '备份邮件原文和记录簿（系统运行时也可以）；再次备份到同一文件夹只复制新增的',
    usage: 'backup 文件夹',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  rebuild: {
    does: '数据库丢失或损坏时，由邮件原文和记录簿重新做出来；不发信',
    usage: 'rebuild --yes',
    load: async () => (await import('./rebuild.ts')).rebuildCommand,
  },
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
