import type { MailWords } from '../message/words.ts';
import type { Severities } from './finding-codes.ts';
import type { FormDefinition } from './form-schema.ts';
import type { Union } from './roster.ts';
import type { NoticeFile, Requirement } from './schema.ts';
import type { LetterKind, Phrases } from './texts.ts';
import type { NameWords, SentenceWords, ValueWords } from './words.ts';

/** One round as it stands in `config/`: everything the program knows of the call. Read-only after the start. */
export type Notice = Omit<NoticeFile, 'severities'> & {
  severities: Severities;
  forms: FormDefinition[];
  roster: Union[];
  words: { values: ValueWords; sentences: SentenceWords; names: NameWords; mail: MailWords };
  phrases: Phrases;
  letters: Record<LetterKind | 'footer', string>;
};

/** The form that a requirement of kind `form` or `list` is filled in on; null for photos and certificates. */
export function formOf(requirement: Requirement, notice: Pick<Notice, 'forms'>): FormDefinition | null {
  if (requirement.kind !== 'form' && requirement.kind !== 'list') return null;
  return notice.forms.find(({ code }) => code === (requirement.form ?? requirement.code)) ?? null;
}

/** The requirement that a form of this code answers; several requirements never share a form. */
export function requirementOf(formCode: string, notice: Pick<Notice, 'requirements'>): Requirement | null {
  return (
    notice.requirements.find(
      (each) => (each.kind === 'form' || each.kind === 'list') && (each.form ?? each.code) === formCode,
    ) ?? null
  );
}

/** Whether this requirement has certificates of its own or beside its list. */
export function certificatesOf(
  requirement: Requirement,
): { name: string; fileNames: string[]; words: string[] } | null {
  return requirement.kind === 'list' || requirement.kind === 'certificates' ? (requirement.certificates ?? null) : null;
}
