import { type Check, finding } from './check.ts';

/** Clause 三 says who may recommend. The roster is the office's and never complete: a person decides, nobody is refused. */
export const unionUnknown: Check = ({ union }, { notice }) =>
  union?.known ? [] : [finding('union_unknown', { seen: union?.name ?? '（未注明）' }, notice)];
