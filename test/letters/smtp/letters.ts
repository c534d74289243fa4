import type { LetterToSend } from '../../../src/letters/smtp/compose.ts';
import { letterMessageId } from '../../../src/letters/smtp/message-id.ts';

export const office = '材料接收处 <office@126.example>';
export const unionAddress = 'union@jiefang.example';

/** A receipt as the outbox holds it. */
export function receipt(change: Partial<LetterToSend> & { number?: string } = {}): LetterToSend {
  const { number = 'JZGJ-2018-0007', ...rest } = change;
  return {
    kind: 'receipt',
    to: unionAddress,
    subject: `材料接收回执［${number}］解放区总工会—䶮师傅𠮷`,
    text: '解放区总工会：\n\n材料已收到。\n.\n.. 点开头的行\n',
    html: '<!doctype html>\n<p>解放区总工会：</p>\n<p>材料已收到。</p>\n',
    messageId: letterMessageId({ number, kind: 'receipt', stateKey: 'complete', domain: '126.example' }),
    inReplyTo: '<tencent_7F@qq.example>',
    references: ['<first@qq.example>'],
    ...rest,
  };
}
