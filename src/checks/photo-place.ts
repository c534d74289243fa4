import { openQuestionsOf } from '../application/application.ts';
import { currentOf } from '../application/current.ts';
import { type Check, finding } from './check.ts';

/** Annex 1, remark 3: the electronic photo belongs into the form's place for it; 七（六） asks for the file as well. */
export const photoPlace: Check = (application, { notice }) =>
  notice.requirements.flatMap((requirement) => {
    if (requirement.kind !== 'photo' || !requirement.insideForm) return [];
    const { photo } = currentOf(application, requirement.code);
    if (!photo) return [];
    if (
      photo.insideForm !== null &&
      openQuestionsOf(application).some(({ mightBe }) => mightBe.includes(requirement.code))
    )
      return []; // 2寸照片.docx may well be the file asked for: a person looks first
    if (photo.insideForm !== null)
      return [finding('photo_only_in_form', { requirement, material: photo, location: photo.insideForm }, notice)];
    const { form: material } = currentOf(application, requirement.insideForm);
    const place = material?.form?.photo;
    if (!place || place.picture || material.form?.blank || !material.form?.exact) return [];
    return [
      finding(
        'photo_not_in_form',
        { requirement, material, location: place.location, words: { 栏目: place.label } },
        notice,
      ),
    ];
  });
