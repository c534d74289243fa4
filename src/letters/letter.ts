import type { LetterKind } from '../notice/texts.ts';

/** A letter ready to be written into the outbox. The HTML says word for word what the text says. */
export type Letter = { kind: LetterKind; to: string; subject: string; text: string; html: string };

/** Which letter an application gets now. `dated`: the deadline may be named; `held`: never without a person's hand. */
export type LetterChoice = { kind: LetterKind; dated: boolean; held: boolean };
