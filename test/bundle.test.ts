import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceTextModule } from 'node:vm';
import { describe, expect, test } from '@jest/globals';

const modules = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

/** Most parts are loaded on a rare occasion: what is wrong with one would be found by a clerk. */
describe('the bundle', () => {
  const parts = modules('dist', '.js').filter((file) => !file.startsWith(join('dist', 'bench')));

  test('consists of modules that Node can read', () => {
    const unreadable = parts.flatMap((file) => {
      try {
        new SourceTextModule(readFileSync(file, 'utf8'), { identifier: file });
        return [];
      } catch (error) {
        return [`${file}: ${error}`];
      }
    });
    expect(unreadable).toEqual([]);
    expect(parts.length).toBeGreaterThan(20);
  });

  test('holds every program that is started as a process of its own, where it is looked for', () => {
    const asked = modules('src', '.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/besideModule\('([^']+)'/g)].map(([, name]) => `${name}.js`),
    );
    expect(asked.sort()).toEqual(['child.js', 'child/child.js', 'large-mail.js', 'whole-mail.js']);
    expect(asked.filter((name) => !existsSync(join('dist', name)))).toEqual([]);
  });
});
