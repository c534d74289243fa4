// `npm start`: installs what is missing, builds, and shows what Shouli makes of two sample mails and what to do next.
import { build, install, runNode } from './setup.mjs';

install();
build();
console.log('\n下面是两封样例邮件（人物均为虚构）和受理系统的核对结果：\n');
runNode([
  'bin/shouli.mjs',
  'check',
  'fixtures/personas/correction-completes/1.eml',
  'fixtures/personas/wechat-named-certificates/1.eml',
]);
console.log(`可以这样核对自己的邮件（邮箱网页里“导出”或“另存为”得到 .eml 文件）：

  npx shouli check 邮件1.eml 邮件2.eml      几封邮件一起看：缺什么、哪里不对、会回什么信
  npx shouli read 推荐表.docx               看一个文件或一张图片里读出了什么
  npx shouli help                           全部用法

程序只读这些文件，不联网、不发信、不改动任何东西。`);
