/** What the server is told to do wrong. A test or the rehearsal may change any of it while it runs. */
export type Script = {
  /** As with a wrong 授权码. */
  refuseLogin: boolean;
  /** As when the account's IMAP service is switched off in its settings page. */
  imapOff: boolean;
  /** `Unsafe Login` whatever ID was sent. */
  alwaysUnsafe: boolean;
  /** False: an ID sent before LOGIN does not count, as most reports have it; two transcripts say it does. */
  idCountsBeforeLogin: boolean;
  /** The connection dies after so many bytes of the next longer literal; once, then this is null again. */
  dropAfterBytes: number | null;
  /** A FETCH answers at most so many mails, however many were asked for, and says OK. */
  shortPage: number | null;
  /** 收取最近30天邮件: mails that arrived before this instant are not there. */
  hideBefore: Date | null;
  /** Milliseconds to wait before answering a command, by its name: `{ 'UID FETCH': 500 }`. */
  delays: Record<string, number>;
  /** A server that has IDLE, which NetEase's has not. */
  withIdle: boolean;
};

export const wellBehaved: Script = {
  refuseLogin: false,
  imapOff: false,
  alwaysUnsafe: false,
  idCountsBeforeLogin: true,
  dropAfterBytes: null,
  shortPage: null,
  hideBefore: null,
  delays: {},
  withIdle: false,
};
