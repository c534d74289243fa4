import type { Document, EmbeddedPicture } from '../documents/document.ts';
import type { FormDefinition } from '../notice/form-schema.ts';
import { looksLikePaper } from '../pictures/picture.ts';
import type { FieldValue, Form } from './form.ts';
import type { Section } from './sections.ts';

/** The photo's place and what is in it: the picture of that cell, else a portrait picture anywhere in the form. */
export function photoOf(
  { fields: defined }: FormDefinition,
  sections: readonly Section[],
  fields: readonly FieldValue[],
  document: Document,
): Form['photo'] {
  const definition = defined.find(({ type }) => type === 'photo');
  if (!definition) return null;
  const label = fields.find(({ key }) => key === definition.key);
  const pictures = sections.flatMap(({ grid, paragraphs }) =>
    [...(grid?.cells ?? []), ...paragraphs].flatMap((place) => place.pictures),
  );
  const upright = pictures.flatMap((index) => document.pictures[index] ?? []).filter(looksUpright);
  const picture =
    upright[0] ??
    (pictures.length === 0
      ? (document.pictures.filter((each) => each.location === '' && looksUpright(each))[0] ?? null)
      : null);
  if (!picture && (!label || document.pages !== null)) return null; // a PDF's pictures are not read: no claim of an empty place
  return { label: definition.label, location: picture?.location || (label?.location ?? ''), picture };
}

/** Taller than wide, and no large sheet of paper: certificates pasted into a form lie across or are scanned pages. */
const looksUpright = (picture: EmbeddedPicture) =>
  picture.height > picture.width &&
  picture.height >= 100 &&
  picture.width / picture.height > 0.5 &&
  (picture.height <= 1200 || !looksLikePaper(picture));
