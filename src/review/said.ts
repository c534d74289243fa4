import type { SaidBy } from '../application/application.ts';
import { officeIso } from '../clock.ts';
import type { Deed, DeedKind, DoneAct } from './acts.ts';

/** An act whose deed is of one kind. */
export type ActOf<Kind extends DeedKind> = DoneAct & { deed: Extract<Deed, { kind: Kind }> };

/** The acts of one kind that nobody took back, in order: where two speak of the same thing, the later counts. */
export function inForce<Kind extends DeedKind>(acts: readonly DoneAct[], kind: Kind): ActOf<Kind>[] {
  return acts.filter((act): act is ActOf<Kind> => act.deed.kind === kind && act.undoneBy === null);
}

export function saidBy({ by, at, id }: DoneAct, reason: string): SaidBy {
  return { by, reason, at: officeIso(at), act: id };
}
