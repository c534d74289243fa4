import { type Application, materialsOf } from './application.ts';
import type { Material } from './material.ts';

/** What counts now of all that was sent for one requirement. */
export type Current = { form: Material | null; certificates: Material[]; photo: Material | null };

/**
 * The newest version counts (of one mail's: the one named 修改 or 最终, else the later file), but a filled form before a blank one and one with cells before one without: a blank
 * template or a print-out sent along never replaces what is filled in. Certificates add up; the same file counts once.
 */
export function currentOf(application: Application, requirement: string): Current {
  const own = materialsOf(application)
    .filter((material) => material.requirement === requirement)
    .reverse();
  const forms = own.filter(({ part }) => part === 'form').sort((a, b) => formRank(b) - formRank(a) || newer(a, b));
  const photos = own.filter(({ part }) => part === 'photo').sort((a, b) => photoRank(b) - photoRank(a) || newer(a, b));
  const certificates = own.filter(({ part }) => part === 'certificates').reverse();
  const once = new Map(certificates.map((material) => [material.sha256, material]));
  return { form: forms[0] ?? null, certificates: [...once.values()], photo: photos[0] ?? null };
}

const newer = (a: Material, b: Material) =>
  b.source.receivedAt.getTime() - a.source.receivedAt.getTime() || Number(b.revised) - Number(a.revised);

/** What a person said to be the form counts as filled, though nothing could be read in it. */
function formRank({ form, assignedBy }: Material): number {
  const isFilled = form ? !form.blank : assignedBy !== undefined;
  return (isFilled ? 2 : 0) + (form?.exact ? 1 : 0);
}

/** A photo file before the one inside the form, an upright one before a snapshot, unless a person said that it is the photo. */
function photoRank({ insideForm, picture, assignedBy }: Material): number {
  const isUpright = picture !== null && picture.height > picture.width;
  return (insideForm === null ? 2 : 0) + (isUpright || assignedBy !== undefined ? 1 : 0);
}
