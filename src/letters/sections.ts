import Mustache from 'mustache';
import { type CheckedApplication, type Finding, openQuestionsOf } from '../application/application.ts';
import type { OpenQuestion } from '../application/material.ts';
import { sayDay } from '../clock.ts';
import { reasons } from '../documents/reasons.ts';
import type { Notice } from '../notice/notice.ts';

/** One part of a letter: a heading and what stands under it, in sentences of letters/phrases.yaml. */
export type LetterSection = { heading: string; items: string[] };

/** What the union is asked for, everything at once: what is not there, then what is to be mended. */
export function demands({ findings }: CheckedApplication, { phrases }: Notice): LetterSection[] {
  const blocking = findings.filter(({ severity }) => severity === 'blocking');
  return filled([
    { heading: phrases.sections.missing, items: sentences(blocking.filter(({ code }) => code === 'material_missing')) },
    { heading: phrases.sections.fix, items: sentences(blocking.filter(({ code }) => code !== 'material_missing')) },
  ]);
}

/** What is told along: advice, and the files that a person will look at, as far as they still matter. */
export function alongside(application: CheckedApplication, { phrases }: Notice): LetterSection[] {
  const questions = openQuestionsOf(application).filter((question) => stillOpen(question, application));
  const advice = application.findings.filter(({ severity }) => severity === 'advisory');
  const listed = new Set(questions.map(({ file }) => file)); // a locked file is named once, among those that people open
  return filled([
    {
      heading: phrases.sections.advice,
      items: sentences(advice.filter(({ evidence }) => !listed.has(evidence.file ?? ''))),
    },
    {
      heading: phrases.sections.staff,
      items: once(
        questions.filter(({ why }) => why !== 'behind_link').map((question) => sayFile(question, phrases.files)),
      ),
    },
    {
      heading: phrases.sections.link,
      items: once(
        questions.filter(({ why }) => why === 'behind_link').map((question) => sayFile(question, phrases.files)),
      ),
    },
  ]);
}

/** A question is settled once everything that the file might be has come otherwise. */
export function stillOpen({ mightBe }: OpenQuestion, { requirements }: CheckedApplication): boolean {
  return mightBe.some((code) => ['unreadable', 'behind_link', 'unsure'].includes(requirements[code]?.state ?? ''));
}

function sayFile({ why, file, reason, link }: OpenQuestion, files: Notice['phrases']['files']): string {
  const known = reason ? reasons[reason] : null;
  const view = {
    文件: sayPath(file),
    原因: known?.forStaff ?? '',
    怎样改: known?.forUnion ?? '',
    网盘: link?.provider ?? '',
    到期: link?.expiresAt ? sayDay(new Date(link.expiresAt)) : '',
  };
  const template = why === 'behind_link' ? files.link : why === 'unreadable' ? files.unreadable : files.unsure;
  return Mustache.render(template, view, {}, { escape: String });
}

/** The file as the union sent it: what came out of an archive is named with it, 荣誉证书.zip中的a.bmp. */
function sayPath(path: string): string {
  const [sent = path, ...inside] = path.split('/');
  return inside.length === 0 ? sent : `${sent}中的${inside.at(-1)}`;
}

const sentences = (findings: readonly Finding[]) => once(findings.flatMap(({ forUnion }) => forUnion ?? []));
const once = (items: readonly string[]) => [...new Set(items)];
const filled = (sections: LetterSection[]) => sections.filter(({ items }) => items.length > 0);
