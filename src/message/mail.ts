/** A mailbox address with the name written before it, decoded. */
export type Address = { name: string; address: string };

/** A leaf of the mail that is not its own text: file, picture, attached mail. */
export type Attachment = {
  /** The sender's file name, decoded and cleaned; unique within the mail; `未命名文件1.jpg` where it had none. */
  path: string;
  bytes: Buffer;
  contentType: string;
  contentId: string | null;
  /** Shown inside the text by the sender's client (cid: reference). Says nothing about what it is. */
  inline: boolean;
};

/** A file that lies behind a link instead of in the mail (超大附件, cloud attachment). */
export type LinkedFile = {
  provider: string;
  name: string | null;
  bytes: number | null;
  /** `2018-08-04T10:00:00+08:00`, or `2018-08-04` where the mail names only the day; null where it says nothing. */
  expiresAt: string | null;
  /** http(s) only; empty where the mail names the file but lost its link. */
  url: string;
};

/** What was written: heads, text, links; all of a mail but its files. */
export type WrittenMail = {
  messageId: string | null;
  subject: string;
  from: Address | null;
  replyTo: Address | null;
  to: Address[];
  /** The sender's Date header; null when absent or unreadable. Never decides anything (rule: receivedAt counts). */
  sentAt: Date | null;
  inReplyTo: string[];
  references: string[];
  /** Every header decoded, names in lower case, in order of appearance (topmost first). */
  headers: { name: string; value: string }[];
  /** What the sender wrote, without what they quoted. */
  text: string;
  /** Quoted mail, our own letters among it. */
  quoted: string;
  /** `quoted` again when it is the content: a mail sent on (转发) with next to nothing added; else empty. */
  forwarded: string;
  links: LinkedFile[];
  /** Why part of the mail could not be taken apart (limits), in Chinese; empty for nearly every mail. */
  troubles: string[];
};

export type ParsedMail = WrittenMail & { attachments: Attachment[] };
