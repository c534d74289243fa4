import type { OpenedFile } from '../message/open.ts';
import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import { looksLikePaper, type PictureFacts } from '../pictures/picture.ts';
import { squeeze } from '../text/squeeze.ts';
import { kindsListed, type NameHint, nameHints } from './name-hints.ts';
import { isPersonName } from './person-names.ts';
import { aside, type SortedFile, taken, unsure } from './sorted-file.ts';

type PhotoRequirement = Extract<Requirement, { kind: 'photo' }>;

/**
 * A picture has no text to go by. Its exact size may say photo (studios deliver 2寸 in just these pixels), its name may
 * say certificate or photo; otherwise it might be any certificate, the photo if it stands upright, or a scanned form if
 * it looks like paper.
 */
export function classifyPicture(
  file: OpenedFile,
  picture: PictureFacts,
  hints: NameHint[],
  notice: Notice,
): SortedFile {
  if (file.inline && isOrnament(picture)) return aside(file, '邮件正文里的小图片（签名、徽标）');
  const listed = kindsListed(file.path, notice);
  if (listed.length > 0) return unsure(file, listed, '名称列有几种证书，需人工归类');
  const only = hints.length === 1 ? hints[0] : undefined;
  if (only?.part === 'photo') return taken(file, only.requirement.code, 'photo', `按文件名“${only.word}”认定`);
  if (only && isCertificate(only, file))
    return taken(file, only.requirement.code, 'certificates', `按文件名“${only.word}”认定`);
  const photo = notice.requirements.find(
    (requirement): requirement is PhotoRequirement => requirement.kind === 'photo',
  );
  if (hints.length === 0 && photo && isNamedAfterPerson(file, notice) && looksLikePortrait(picture))
    return taken(file, photo.code, 'photo', '按文件名（姓名）和照片比例认定');
  if (hints.length === 0 && photo && hasPhotoSize(picture, photo))
    return taken(file, photo.code, 'photo', `按图片大小${picture.width}×${picture.height}认定为照片`);
  const mightBe = hints.length > 0 ? hints.map(({ requirement }) => requirement.code) : mightBeAny(picture, notice);
  const namedBoth = hints.length > 1 && hints.every(({ part }) => part === 'certificates') ? mightBe : [];
  return { ...unsure(file, mightBe, '图片，看不出是哪一项，需人工归类'), namedBoth };
}

/**
 * Whether a picture's colours can say more than its name does: of one that is not named, and of a photo, which must not
 * be grey. For all that is named otherwise only shape and size count above.
 */
export function areColoursAsked(name: string, notice: Notice): boolean {
  const hints = nameHints(name, notice);
  return hints.length === 0 || hints.some(({ part }) => part === 'photo');
}

/** The name's word is a certificate's, or names a list beside `证`/`奖`, or is the folder's (a picture in `2.创新成果/`). */
function isCertificate({ requirement, part, word }: NameHint, file: OpenedFile): boolean {
  if (!certificatesOf(requirement)) return false;
  const leaf = squeeze(file.path.split('/').at(-1) ?? '');
  return part === 'certificates' || /[证奖]/.test(leaf) || !leaf.includes(squeeze(word));
}

/** Every certificate; the photo when upright and not too large; a form that was photographed when it looks like paper. */
function mightBeAny(picture: PictureFacts, notice: Notice): string[] {
  const upright = picture.height > picture.width && picture.width / picture.height > 0.5 && picture.height <= 2000;
  const paper =
    (picture.paperShare === null || looksLikePaper(picture)) && Math.max(picture.width, picture.height) >= 600;
  return notice.requirements
    .filter((requirement) => (requirement.kind === 'photo' ? upright : certificatesOf(requirement) !== null || paper))
    .map(({ code }) => code);
}

function hasPhotoSize({ width, height }: PictureFacts, { photo }: PhotoRequirement): boolean {
  const near = (size: number, wanted: number) => Math.abs(size - wanted) <= wanted * 0.02;
  return photo.sizes.some(([wide, high]) => near(width, wide) && near(height, high));
}

/** `李建国.jpg`, nothing else: what people call a portrait. */
function isNamedAfterPerson({ path }: OpenedFile, { words }: Notice): boolean {
  const leaf = squeeze(path.split('/').at(-1) ?? '').replace(/\.[A-Za-z]{3,4}$/, '');
  return isPersonName(leaf, words.names) && !words.names.notNames.includes(leaf);
}

/** About as upright as a portrait is cut; a large one that looks like paper is a scanned page. */
const looksLikePortrait = (picture: PictureFacts) => {
  const shape = picture.width / picture.height;
  return shape > 0.55 && shape < 0.9 && (picture.height <= 1200 || !looksLikePaper(picture));
};

/** Too small or too flat to be evidence, and placed in the text by the sender's client. */
const isOrnament = ({ width, height }: PictureFacts) =>
  Math.min(width, height) < 160 || Math.max(width, height) / Math.min(width, height) > 4;
