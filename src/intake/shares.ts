import { asQuestion, type Share } from '../application/application.ts';
import type { Material, OpenQuestion, Source } from '../application/material.ts';
import type { Form } from '../forms/form.ts';
import type { ParsedMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import { nameHints } from './name-hints.ts';
import { type People, peopleOf } from './people.ts';
import { isReplyToOurLetter, isSupplement, onPaper } from './sayings.ts';
import type { SortedFile } from './sorted-file.ts';
import { unionOf } from './union.ts';

type Owned<Item> = Item & { owner: string | null };

/**
 * Divides what a mail brings among the nominees it speaks of: one share each. A file that cannot be given to one of
 * several nominees is an open question for all of them; no nominee gets another's photo by guess.
 */
export function sharesOf(mail: ParsedMail, files: readonly SortedFile[], source: Source, notice: Notice): Share[] {
  const people = peopleOf(mail, files, notice);
  const materials = files.flatMap((file) => materialsOf(file, people, source, notice));
  const open = [
    ...files.flatMap((file) => openQuestions(file, people, source)),
    ...linkQuestions(mail, source, notice),
  ];
  const paths = files.map(({ file }) => file.path);
  const several = people.nominees.length > 1;
  return people.nominees.map((nominee) => {
    const own = materials.filter(({ owner }) => owner === nominee);
    const forms = own.flatMap(({ form }) => form ?? []);
    const strays = several ? materials.filter(({ owner }) => owner === null).map(asQuestion) : [];
    return {
      source,
      union: unionOf(forms, mail, paths, notice),
      nominee,
      reply: isReplyToOurLetter(mail, notice),
      supplement: isSupplement(mail.subject, mail.text, notice),
      materials: own,
      open: [...open.filter(({ owner }) => owner === nominee || owner === null), ...strays],
      onPaper: onPaper(mail.text, notice),
      idCards: files.filter(({ idCard }) => idCard).map(({ file }) => file.path),
      encrypted: files.filter(isEncrypted).map(({ file }) => file.path),
    };
  });
}

function materialsOf(sorted: SortedFile, people: People, source: Source, notice: Notice): Owned<Material>[] {
  const { file, namedAs } = sorted;
  const shared = { file: file.path, bytes: file.bytes.length, sha256: file.sha256 ?? '', source };
  return sorted.answers.flatMap(({ requirement, part, form }) => {
    const picture = file.reading.kind === 'picture' ? file.reading.picture : null;
    const material = {
      ...shared,
      requirement,
      part,
      form,
      picture,
      pieces: piecesOf(file.reading),
      insideForm: null,
      namedAs,
      owner: people.ownerOf(sorted, form),
    };
    return [material, ...photoInside(form, material, notice)];
  });
}

/** The picture in the form's photo cell answers the photo requirement too (annex 1, remark 3). */
function photoInside(form: Form | null, material: Owned<Material>, notice: Notice): Owned<Material>[] {
  const wanted = notice.requirements.find((each) => each.kind === 'photo' && each.insideForm === material.requirement);
  const picture = form?.photo?.picture;
  if (!wanted || !picture || !form?.photo) return [];
  return [
    {
      ...material,
      requirement: wanted.code,
      part: 'photo',
      form: null,
      picture,
      bytes: picture.bytes,
      sha256: picture.sha256,
      pieces: 1,
      insideForm: form.photo.location,
    },
  ];
}

function piecesOf(reading: SortedFile['file']['reading']): number {
  if (reading.kind !== 'document') return 1;
  return Math.max(1, reading.document.pages ?? reading.document.pictures.length);
}

function openQuestions(sorted: SortedFile, people: People, source: Source): Owned<OpenQuestion>[] {
  if (sorted.mightBe.length === 0) return [];
  const { file, mightBe } = sorted;
  const reason = file.reading.kind === 'unreadable' ? file.reading.reason : null;
  return [
    {
      why: reason ? 'unreadable' : 'unsure',
      file: file.path,
      sha256: file.sha256,
      source,
      mightBe,
      reason,
      link: null,
      owner: people.ownerOf(sorted, null),
    },
  ];
}

/** A file behind a link is what its name says, or anything. */
function linkQuestions(mail: ParsedMail, source: Source, notice: Notice): Owned<OpenQuestion>[] {
  return mail.links.map((link) => {
    const named = nameHints(link.name ?? '', notice);
    const mightBe = (named.length > 0 ? named.map(({ requirement }) => requirement) : notice.requirements).map(
      ({ code }) => code,
    );
    return {
      why: 'behind_link',
      file: link.name ?? link.provider,
      sha256: null,
      source,
      mightBe,
      reason: null,
      link,
      owner: null,
    };
  });
}

const isEncrypted = ({ file }: SortedFile) => file.reading.kind === 'unreadable' && file.reading.reason === 'encrypted';
