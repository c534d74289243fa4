import type { Application, Share } from '../application/application.ts';
import { applicationOf } from '../application/assemble.ts';
import { settle } from '../application/settle.ts';
import { matchUnion } from '../notice/match-union.ts';
import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { DoneAct } from './acts.ts';
import { type FileFacts, reassigned } from './reassign.ts';
import { inForce } from './said.ts';

/** What people did to an application, with what it takes to do it again to what its mails brought. */
export type Doings = FileFacts & {
  /** All acts on it, in order, those taken back as well. */
  acts: readonly DoneAct[];
};

/** The names as the mails say them: later mails may still bear them. */
export type AsRead = { union: string | null; nominee: string | null };

/**
 * The application that its shares make with files and names as people set them.
 *
 * @param own shares it holds, in order of arrival
 * @param proposed those that may belong to it
 */
export function overlay(
  own: readonly [Share, ...Share[]],
  proposed: readonly Share[],
  doings: Doings,
  notice: Notice,
): { application: Application; read: AsRead } {
  const read = applicationOf(withPaper(reassigned(own, doings.acts, doings), doings.acts, notice), proposed, notice);
  const application = settle(named(read, doings.acts, notice), notice);
  return { application, read: { union: read.union?.name ?? null, nominee: read.nominee } };
}

/** A name of the roster brings its quota along; any other is the union's as well, though nobody knows it. */
function named(application: Application, acts: readonly DoneAct[], notice: Notice): Application {
  const union = inForce(acts, 'set_union').at(-1)?.deed.name;
  const nominee = inForce(acts, 'set_nominee').at(-1)?.deed.name;
  const listed = union === undefined ? null : matchUnion(union, notice);
  return {
    ...application,
    ...(union === undefined
      ? {}
      : {
          union: listed
            ? { name: listed.name, known: true, quota: listed.quota }
            : { name: union, known: false, quota: notice.quota.unlistedUnion },
        }),
    ...(nominee === undefined ? {} : { nominee }),
  };
}

/** Certificates may come on paper; what else lies there on paper is a fact beside the file that is asked for. */
function withPaper(
  [first, ...rest]: [Share, ...Share[]],
  acts: readonly DoneAct[],
  notice: Notice,
): [Share, ...Share[]] {
  const ticked = inForce(acts, 'paper')
    .filter(({ deed }) => deed.copies > 0)
    .map(({ deed }) => deed.requirement);
  const bearing = notice.requirements.filter((each) => certificatesOf(each) !== null).map(({ code }) => code);
  const onPaper = bearing.filter((code) => ticked.includes(code));
  return [{ ...first, onPaper: [...new Set([...first.onPaper, ...onPaper])] }, ...rest];
}
