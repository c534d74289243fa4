import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { previewCss } from '../previews/stylesheet.ts';
import { packageRoot } from '../settings.ts';

/** Everything a page loads lies here: an office without internet sees the same. */
const files: [name: string, type: string][] = [
  ['desk.css', 'text/css; charset=utf-8'],
  ['desk.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
];

/** Read once, at the start. */
export const assetsOf = () => [
  ...files.map(([name, type]) => ({
    path: `/assets/${name}`,
    type,
    bytes: readFileSync(join(packageRoot(), 'src/web/assets', name)),
  })),
  { path: '/assets/preview.css', type: 'text/css; charset=utf-8', bytes: Buffer.from(previewCss) },
];
