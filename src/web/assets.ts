import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { previewCss } from '../previews/stylesheet.ts';
import { packageRoot } from '../settings.ts';

/** The desk's sheet, of which later parts may say otherwise than earlier ones. */
const sheetParts = [
  'ground',
  'frame',
  'sections',
  'today',
  'tables',
  'signs',
  'forms',
  'paper',
  'application',
  'materials',
  'evidence',
  'narrow',
  'print',
  'motion',
];
const css = 'text/css; charset=utf-8';

const readAsset = (name: string) => readFileSync(join(packageRoot(), 'src/web/assets', name));

/** Everything a page loads lies here: an office without internet sees the same. Read once, at the start. */
export const assetsOf = () => [
  {
    path: '/assets/desk.css',
    type: css,
    bytes: Buffer.concat(sheetParts.map((part) => readAsset(`desk/${part}.css`))),
  },
  { path: '/assets/desk.js', type: 'text/javascript; charset=utf-8', bytes: readAsset('desk.js') },
  { path: '/assets/icon.svg', type: 'image/svg+xml', bytes: readAsset('icon.svg') },
  { path: '/assets/preview.css', type: css, bytes: Buffer.from(previewCss) },
];
