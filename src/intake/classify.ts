import type { Document } from '../documents/document.ts';
import type { Form } from '../forms/form.ts';
import { readForms } from '../forms/read-forms.ts';
import type { OpenedFile } from '../message/open.ts';
import { certificatesOf, type Notice, requirementOf } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { classifyPicture } from './classify-picture.ts';
import { classifyUnreadable } from './classify-unreadable.ts';
import { type NameHint, nameHints } from './name-hints.ts';
import { settle } from './settle.ts';
import { aside, claimed, type SortedFile, taken, unsure } from './sorted-file.ts';

/**
 * What every opened file is evidence for: by content first, by name second, or aside, or unsure (then for which
 * requirements it might be). A name alone never makes a filled form; it may sort certificates and photos, which have
 * no text to go by.
 */
export function classify(files: readonly OpenedFile[], notice: Notice): SortedFile[] {
  const sorted = files.map((file) => {
    const hints = nameHints(file.path, notice);
    const { reading } = file;
    if (isIdCard(file, notice)) return { ...aside(file, '像是身份证件，不在所需材料之内'), idCard: true };
    if (reading.kind === 'unreadable') return classifyUnreadable(file, hints, notice);
    if (reading.kind === 'picture') return classifyPicture(file, reading.picture, hints, notice);
    if (reading.kind === 'document') return classifyDocument(file, reading.document, hints, notice);
    return aside(file, reading.kind === 'container' ? '压缩包，内容已逐一打开' : '附来的邮件，内容已逐一打开');
  });
  return settle(sorted, notice);
}

function classifyDocument(file: OpenedFile, document: Document, hints: NameHint[], notice: Notice): SortedFile {
  const forms = readForms(document, notice);
  if (forms.length > 0) return classifyForms(file, forms, hints, notice);
  const text = textOf(document);
  const byText = certificateByText(text, notice);
  if (byText) return taken(file, byText, 'certificates', '按内容认定为证书');
  const only = hints.length === 1 ? hints[0] : undefined;
  const pictured = document.scan || (document.pictures.length > 0 && text.length < 200);
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
function classifyForms(file: OpenedFile, forms: Form[], hints: NameHint[], notice: Notice): SortedFile {
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
  return { ...claimed(file, answers, note), mightBe, namedAs };
}

/** A certificate with a text layer: short, and with words that only one requirement's certificates bear. */
function certificateByText(text: string, notice: Notice): string | null {
  if (text === '' || text.length > 1500) return null;
  const bare = squeeze(text);
  const scored = notice.requirements
    .map((requirement) => ({
      code: requirement.code,
      hits: (certificatesOf(requirement)?.words ?? []).filter((word) => bare.includes(squeeze(word))).length,
    }))
    .sort((a, b) => b.hits - a.hits);
  const [best, next] = scored;
  return best && best.hits >= 2 && best.hits > (next?.hits ?? 0) ? best.code : null;
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

function isIdCard({ path }: OpenedFile, notice: Notice): boolean {
  const name = squeeze(path.split('/').at(-1) ?? '');
  return notice.words.values.idCard.some((word) => name.includes(squeeze(word)));
}
