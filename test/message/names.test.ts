import { isAbsolute, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanName, cleanPath, nameAttachments, uniquePaths } from '../../src/message/names.ts';

/** Names as attackers, old programs and clerks write them. */
const piece = fc.constantFrom(
  ...['..', '.', '/', '\\', 'C:\\', '\\\\srv\\', '\0', '\r\n', '\u202e', '\u200f', '\ufeff', '~', ':', '*', '|'],
  ...['推荐表', '䶮', '𠮷', ' ', '　', '.doc', '.exe', 'CON', 'a'.repeat(90), '表'.repeat(90), '%00', '%2e%2e/'],
);
const hostile = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 400 }),
);
/** Control characters, line ends, and signs that turn the writing direction. */
const harmful = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const runs = { numRuns: 2_000, seed: 3 };

test('whatever a file is called, its clean name stays in its folder, on one line, and short', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const clean = cleanName(name);
      expect(clean).not.toMatch(/[/\\]/);
      expect(clean).not.toMatch(harmful);
      expect([...clean].length).toBeLessThanOrEqual(80);
      expect(['.', '..']).not.toContain(clean);
      expect(cleanName(clean)).toBe(clean);
    }),
    runs,
  );
});

test('whatever path a container says, it leads nowhere but down', () => {
  fc.assert(
    fc.property(hostile, (path) => {
      const clean = cleanPath(path);
      expect(clean).not.toBe('');
      expect(isAbsolute(clean)).toBe(false);
      expect(normalize(join('/raum', clean)).startsWith('/raum/')).toBe(true);
    }),
    runs,
  );
});

test('names of one mail differ, also for a disk that knows no case, and keep their endings', () => {
  const ending = (name: string) => /\.[^.]*$/.exec(name)?.[0];
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 12 }), (names) => {
      const paths = nameAttachments(names.map((name) => ({ name, contentType: 'image/jpeg' })));
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length);
      for (const [index, name] of names.entries())
        if (/^[^.]+\.doc$/.test(cleanName(name))) expect(ending(paths[index] ?? '')).toBe('.doc');
    }),
    runs,
  );
  expect(uniquePaths(['表.doc', '表.DOC', '表(2).doc'])).toEqual(['表.doc', '表(2).DOC', '表(2)(2).doc']);
});
