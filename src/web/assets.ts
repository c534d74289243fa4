import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../settings.ts';

/** Everything a page loads lies here: an office without internet sees the same. */
const files: [name: string, folder: string, type: string][] = [
  ['desk.css', 'src/web/assets', 'text/css; charset=utf-8'],
  ['desk.js', 'src/web/assets', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'src/web/assets', 'image/svg+xml'],
  ['preview.css', 'src/previews', 'text/css; charset=utf-8'],
];

/** Read once, at the start. */
export const assetsOf = () =>
  files.map(([name, folder, type]) => ({
    path: `/assets/${name}`,
    type,
    bytes: readFileSync(join(packageRoot(), folder, name)),
  }));
