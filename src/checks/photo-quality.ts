import { currentOf } from '../application/current.ts';
import { type Check, finding } from './check.ts';

/**
 * Clause 七（六）: 2寸彩色照片. Pages disagree on what 2寸 is, so the round gives a range; larger is fine. A photo inside a
 * form was scaled by Word, so only its colour is looked at. The face is never judged.
 */
export const photoQuality: Check = (application, { notice }) =>
  notice.requirements.flatMap((requirement) => {
    if (requirement.kind !== 'photo') return [];
    const { photo: material } = currentOf(application, requirement.code);
    if (!material?.picture) return [];
    const { width, height, grey } = material.picture;
    const { minWidth, minHeight, minRatio, maxRatio } = requirement.photo;
    const about = { requirement, material, location: material.insideForm, seen: `${width}×${height}` };
    const shape = width / height;
    const pasted = material.insideForm !== null;
    return [
      ...(grey ? [finding('photo_grey', about, notice)] : []),
      ...(!pasted && (width < minWidth || height < minHeight)
        ? [finding('photo_small', { ...about, words: { 应为: `${minWidth}×${minHeight}` } }, notice)]
        : []),
      ...(!pasted && (shape < minRatio || shape > maxRatio)
        ? [finding('photo_shape', { ...about, words: { 应为: `${minRatio}～${maxRatio}` } }, notice)]
        : []),
    ];
  });
