import { expect, test } from '@jest/globals';
import { rebuiltText } from '../../src/cli/rebuild.ts';

test('an older backup knows nothing of letters sent since: whoever rebuilt from it learns how to send none twice', () => {
  const lines = rebuiltText({ unreadable: 0, held: 0, decisions: [] }).split('\n');
  const warned = lines.findIndex((line) => /较早的备份.*LETTERS=hold.*已发送.*release/.test(line));
  expect(warned).toBeGreaterThan(0);
  expect(lines.findIndex((line) => line.includes('npm start'))).toBeGreaterThan(warned); // before they start it
});
