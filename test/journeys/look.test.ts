import { afterAll, expect, test } from '@jest/globals';
import { checkJson } from '../../src/cli/check-json.ts';
import { lookAt } from '../../src/cli/look.ts';
import { openReader } from '../../src/documents/reader.ts';
import { notice } from '../support/notice.ts';

const reader = openReader();
afterAll(() => reader.close());

const persona = (story: string, number = 1) => `fixtures/personas/${story}/${number}.eml`;
const look = async (...files: string[]) =>
  checkJson(
    await lookAt(
      files.map((file) => ({ file, said: null })),
      { notice, ownAddresses: [notice.mailbox], read: reader.read },
    ),
  );

test('the same mail three times is one application and one letter', async () => {
  const once = await look(persona('rar-only'));
  const thrice = await look(persona('rar-only'), persona('rar-only'), persona('rar-only'));
  expect(thrice.applications).toEqual(once.applications);
  expect(thrice.letters).toEqual(once.letters);
  expect(thrice.messages.map(({ disposition, reasonCode }) => [disposition, reasonCode])).toEqual([
    ['application', null],
    ['set_aside', 'duplicate'],
    ['set_aside', 'duplicate'],
  ]);
});

test('the order in which files are named changes nothing: arrival decides', async () => {
  const names = [1, 2, 3].map((number) => persona('three-mails-one-application', number));
  const inOrder = await look(...names);
  const reversed = await look(...[...names].reverse());
  expect(reversed.applications).toEqual(inOrder.applications);
  expect(reversed.letters).toEqual(inOrder.letters);
});

test('a whole July together: no nominee’s materials mix with another’s', async () => {
  const stories = [
    'complete-in-one-mail',
    'two-nominees-one-mail',
    'two-items-missing',
    'list-says-none',
    'below-senior-worker',
    'form-as-doc',
    'question-without-attachment',
    'advertisement',
  ];
  const alone = await Promise.all(stories.map((story) => look(persona(story))));
  const together = await look(...stories.map((story) => persona(story)));
  const brief = ({ applications }: Awaited<ReturnType<typeof look>>) =>
    applications.map(({ union, nominee, complete, requirements }) => ({ union, nominee, complete, requirements }));
  const byName = (a: { nominee: string | null }, b: { nominee: string | null }) =>
    String(a.nominee).localeCompare(String(b.nominee));
  expect(brief(together).sort(byName)).toEqual(alone.flatMap(brief).sort(byName));
  expect(together.letters).toHaveLength(together.applications.length);
});
