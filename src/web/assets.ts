import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../settings.ts';

/** Everything a page loads lies here: an office without internet sees the same. */
const files: [name: string, type: string][] = [
  ['desk.css', 'text/css; charset=utf-8'],
  ['desk.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
  ['preview.css', 'text/css; charset=utf-8'],
];

/** Read once, at the start. */
export const assetsOf = () =>
  files.map(([name, type]) => ({
    path: `/assets/${name}`,
    type,
    bytes: readFileSync(join(packageRoot(), 'src/web/assets', name)),
  }));
