import { openQuestionsOf } from '../application/application.ts';
import { statusOf } from '../application/status.ts';
import { type Check, finding } from './check.ts';

/** A file locked by a password, as long as what it might hold has not come otherwise. */
export const encryptedFile: Check = (application, { notice }) =>
  openQuestionsOf(application)
    .filter(({ reason }) => reason === 'encrypted')
    .flatMap((question) => {
      const open = notice.requirements.filter(
        (requirement) =>
          question.mightBe.includes(requirement.code) && statusOf(application, requirement).state === 'unreadable',
      );
      const requirement = open.length === 1 ? (open[0] ?? null) : null;
      return open.length === 0 ? [] : [finding('encrypted_file', { requirement, material: question }, notice)];
    });
