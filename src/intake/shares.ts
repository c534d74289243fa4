import { asQuestion, type Share } from '../application/application.ts';
import type { Material, OpenQuestion, Source } from '../application/material.ts';
import type { Form } from '../forms/form.ts';
import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { isArchive } from './classify-unreadable.ts';
import { nameHints } from './name-hints.ts';
import { onPaper } from './on-paper.ts';
import { type People, peopleOf } from './people.ts';
import { isAboutRound, isReplyToOurLetter, isRevised, isSupplement, wordsToRead } from './sayings.ts';
import type { SortedFile } from './sorted-file.ts';
import { unionOf } from './union.ts';

/** Signs of subject and file names that are kept to find a known name in. */
const maxHeard = 4_000;

type Owned<Item> = Item & { owner: string | null };

/**
 * Divides what a mail brings among the nominees it speaks of: one share each. A file that cannot be given to one of
 * several nominees is an open question for all of them; no nominee gets another's photo by guess.
 */
export function sharesOf(mail: WrittenMail, files: readonly SortedFile[], source: Source, notice: Notice): Share[] {
  const people = peopleOf(mail, files, notice);
  const materials = files.flatMap((file) => materialsOf(file, people, source, notice));
  const open = [
    ...files.flatMap((file) => openQuestions(file, people, source, notice)),
    ...linkQuestions(mail, source, notice),
  ];
  const paths = files.map(({ file }) => file.path);
  const several = people.nominees.length > 1;
  const about = isAboutRound(mail.subject, [mail.text, ...paths].join('\n'), notice);
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
      about,
      heard: squeeze([mail.subject, ...paths].join('|')).slice(0, maxHeard),
      materials: own,
      open: [...open.filter(({ owner }) => owner === nominee || owner === null), ...strays],
      onPaper: onPaper(mail.text, notice),
      idCards: files
        .filter((file) => file.idCard && [nominee, null].includes(people.ownerOf(file, null)))
        .map(({ file }) => file.path),
      toRead: wordsToRead(mail.subject, mail.text, notice),
    };
  });
}

function materialsOf(sorted: SortedFile, people: People, source: Source, notice: Notice): Owned<Material>[] {
  const shared = sharedBy(sorted, source, notice);
  return sorted.answers.flatMap(({ requirement, part, form }) => {
    const material = { ...shared, requirement, part, form, owner: people.ownerOf(sorted, form) };
    return [material, ...photoInside(form, material, notice)];
  });
}

/** What all materials of one file have in common. */
function sharedBy({ file, namedAs }: SortedFile, source: Source, notice: Notice) {
  const { path, bytes, sha256, picture, pieces } = file;
  const revised = isRevised(path, notice);
  return { file: path, bytes, sha256: sha256 ?? '', source, picture, pieces, insideForm: null, namedAs, revised };
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

function openQuestions(sorted: SortedFile, people: People, source: Source, notice: Notice): Owned<OpenQuestion>[] {
  if (sorted.mightBe.length === 0) return [];
  const { path, sha256, unreadable } = sorted.file;
  const why = unreadable ? 'unreadable' : 'unsure';
  return [
    {
      why,
      file: path,
      sha256,
      source,
      mightBe: sorted.mightBe,
      reason: unreadable,
      link: null,
      fits: sorted.namedBoth.map((requirement) => ({
        ...sharedBy(sorted, source, notice),
        requirement,
        part: 'certificates' as const,
        form: null,
      })),
      owner: ownerOfAll(sorted, people),
    },
  ];
}

/** Whose a file is that answers something too: theirs, when its forms name one person. */
function ownerOfAll(sorted: SortedFile, people: People): string | null {
  const [owner, ...more] = new Set(sorted.answers.map(({ form }) => people.ownerOf(sorted, form)));
  return owner !== undefined && more.length === 0 ? owner : people.ownerOf(sorted, null);
}

/** A file behind a link is what its name says, or anything; an archive is anything. */
function linkQuestions(mail: WrittenMail, source: Source, notice: Notice): Owned<OpenQuestion>[] {
  return mail.links.map((link) => {
    const named = isArchive(link.name ?? '') ? [] : nameHints(link.name ?? '', notice);
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
      fits: [],
      owner: null,
    };
  });
}
