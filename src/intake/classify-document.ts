import type { Document } from '../documents/document.ts';
import type { Form } from '../forms/form.ts';
import { readForms } from '../forms/read-forms.ts';
import { titledAs } from '../forms/recognise.ts';
import { sectionsOf } from '../forms/sections.ts';
import type { OpenedFile } from '../message/open.ts';
import { certificatesOf, type Notice, requirementOf } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import { squeeze } from '../text/squeeze.ts';
import { certificateByText } from './certificate-text.ts';
import { certificatesInside } from './loose-pictures.ts';
import { kindsListed, type NameHint } from './name-hints.ts';
import { aside, claimed, type SortedFile, taken, unsure } from './sorted-file.ts';

/**
 * A document: the round's forms in it first, then a list under the round's title, then what its text says, then its
 * name. Pictures in it may be certificates.
 */
export function classifyDocument(file: OpenedFile, document: Document, hints: NameHint[], notice: Notice): SortedFile {
  const forms = readForms(document, notice);
  if (isTheNotice(document, forms, notice)) return aside(file, '通知本身和所附的空白表格');
  if (forms.length > 0) return classifyForms(file, document, forms, hints, notice);
  const listTitled = listByTitle(document, notice);
  if (listTitled) return unsure(file, [listTitled.code], `标题是${listTitled.name}，栏目没有认出来，需人工查看`);
  const text = textOf(document);
  const byText = certificateByText(text, notice);
  if (byText && (document.pages !== null || document.pictures.length > 0))
    return taken(file, byText, 'certificates', '按内容认定为证书');
  if (byText) return unsure(file, [byText], '说到证书，但只有文字，需人工查看');
  const listed = kindsListed(file.path, notice);
  const only = hints.length === 1 ? hints[0] : undefined;
  const pictured = document.scan || (document.pictures.length > 0 && text.length < 200);
  if (pictured && listed.length > 0) return unsure(file, listed, '名称列有几种证书，需人工归类');
  if (pictured && only && certificatesOf(only.requirement) && (only.part === 'certificates' || !document.scan))
    return taken(file, only.requirement.code, 'certificates', `按文件名“${only.word}”认定`);
  if (pictured) {
    const namedBoth =
      hints.length > 1 && hints.every(({ part }) => part === 'certificates') ? candidates(hints, notice) : [];
    return {
      ...unsure(
        file,
        candidates(hints, notice),
        document.scan ? '扫描件，没有文字，需人工查看' : '内含图片，需人工查看',
      ),
      namedBoth,
    };
  }
  if (only?.part === 'form')
    return unsure(file, [only.requirement.code], `文件名像${only.requirement.name}，内容没有认出来`);
  return aside(file, '不是所需的表格或证书');
}

/** What was read clearly is taken; a form that shows only its name is an open question. */
function classifyForms(
  file: OpenedFile,
  document: Document,
  forms: Form[],
  hints: NameHint[],
  notice: Notice,
): SortedFile {
  const found = forms.flatMap((form) => {
    const requirement = requirementOf(form.definition.code, notice)?.code;
    return requirement ? [{ requirement, part: 'form' as const, form }] : [];
  });
  const answers = found.filter(({ form }) => form.understood);
  const mightBe = found.filter(({ form }) => !form.understood).map(({ requirement }) => requirement);
  const [hint, ...more] = hints;
  const claim = hint?.part === 'form' && more.length === 0 ? hint.requirement.code : null;
  const namedAs = claim && !found.some(({ requirement }) => requirement === claim) ? claim : null;
  const titles = forms.map(({ definition }) => definition.titles[0]).join('、');
  const note = mightBe.length === 0 ? `按内容认定：${titles}` : `像是${titles}，但没有读清，需人工查看`;
  const answered = answers.map(({ requirement }) => requirement);
  const inside = certificatesInside(file.path, document, forms, answered, notice);
  return {
    ...claimed(file, answers, inside.length === 0 ? note : `${note}；另有图片，可能是证书，需人工查看`),
    mightBe: [...new Set([...mightBe, ...inside])],
    namedAs,
  };
}

/** The call itself sent back, with its empty annexes: nobody's material. */
function isTheNotice({ blocks }: Document, forms: readonly Form[], { title }: Notice): boolean {
  return (
    forms.every(({ blank }) => blank) &&
    blocks.some((block) => block.kind === 'paragraph' && squeeze(block.text).includes(squeeze(title)))
  );
}

/** A list under the round's own title, in columns nobody knows: `编号 | 创新内容 | 何时何地获何奖`. */
function listByTitle(document: Document, notice: Notice): Requirement | null {
  const titled = sectionsOf(document)
    .filter(({ grid }) => grid !== null)
    .flatMap((section) => titledAs(section, notice.forms) ?? []);
  const requirements = titled.map(({ code }) => requirementOf(code, notice));
  return requirements.find((requirement) => requirement?.kind === 'list') ?? null;
}

/** What a page without text might be: what its name says, else anything that can be scanned. */
function candidates(hints: NameHint[], notice: Notice): string[] {
  const named = hints.map(({ requirement }) => requirement.code);
  return named.length > 0 ? named : notice.requirements.filter(({ kind }) => kind !== 'photo').map(({ code }) => code);
}

function textOf(document: Document): string {
  return document.blocks
    .map((block) => (block.kind === 'paragraph' ? block.text : block.cells.map(({ text }) => text).join(' ')))
    .join('\n')
    .trim();
}
