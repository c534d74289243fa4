import type { Recorded } from '../letters/attached-forms.ts';
import { listApplications } from '../store/application-list.ts';
import { readReviewed } from '../store/reviewed.ts';
import type { Books } from './books.ts';

/** An application as it stands on record, with files and names as people set them; null when it holds nothing or there is none. */
export async function recordedApplication(
  { db, notice }: Pick<Books, 'db' | 'notice'>,
  number: string,
): Promise<Recorded | null> {
  const [record] = await listApplications(db, number);
  if (!record) return null;
  const { application } = await readReviewed(db, record, notice);
  return application ? { ...application, requirements: record.requirements } : null;
}
