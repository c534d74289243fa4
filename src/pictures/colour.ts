import type { PictureFacts } from './picture.ts';

/** A small copy of a picture: three bytes a pixel. */
export type Thumbnail = { rgb: Uint8Array; pixels: number };

/**
 * Below this mean of (max − min), and without strong colour anywhere, a picture is black-and-white. Grey saved as
 * colour measures 0, a grey page with the faint cast of its paper and of JPEG up to 5, a portrait on white 18, on blue
 * 104. One red seal on a white page hardly moves the mean, so a few pixels of strong colour decide against grey.
 */
const greyBelow = 8;
const strongColour = 40;
const strongShare = 0.002;

/**
 * Paper is the light of the picture itself: at least this share of the 95th percentile of each channel, and as even as
 * this. Measured on drawn samples: pages, also cream ones and one under a lamp, 0.73–0.92; portraits on white, blue,
 * pale blue and red 0.00–0.61. A lower light takes the skin of a grey portrait for paper, a higher one loses the lamp.
 */
const paperLight = 0.74;
const paperEven = 0.12;
/** What counts as white at the least: a dark picture has no paper in it. */
const darkestPaper = 110;
/** How far one channel of paper may lie below the brightest: cream and lamplight do by a quarter, coloured card by more. */
const mostTinted = 0.7;

/**
 * What the colours of a picture say. Paper is judged against the picture's own white, channel by channel, because a
 * page under a lamp is yellow and a certificate is cream; a backdrop stays coloured against the white of a collar.
 */
export function colourFacts(thumbnail: Thumbnail): Pick<PictureFacts, 'grey' | 'colourfulness' | 'paperShare'> {
  const { rgb, pixels } = thumbnail;
  const bright = [0, 1, 2].map((channel) => percentile95(rgb, channel, pixels));
  const white = bright.map((level) => Math.max(darkestPaper, level, mostTinted * Math.max(...bright)));
  let [spread, strong, paper] = [0, 0, 0];
  for (let at = 0; at < pixels * 3; at += 3) {
    const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
    const difference = Math.max(r, g, b) - Math.min(r, g, b);
    spread += difference;
    if (difference > strongColour) strong += 1;
    if (isPaper(r / (white[0] ?? 1), g / (white[1] ?? 1), b / (white[2] ?? 1))) paper += 1;
  }
  const count = Math.max(pixels, 1);
  const colourfulness = spread / count;
  const grey = colourfulness < greyBelow && strong / count < strongShare;
  return { grey, colourfulness, paperShare: paper / count };
}

function isPaper(r: number, g: number, b: number): boolean {
  const least = Math.min(r, g, b);
  return least >= paperLight && Math.min(1, Math.max(r, g, b)) - Math.min(1, least) <= paperEven;
}

function percentile95(rgb: Uint8Array, channel: number, pixels: number): number {
  const counts = new Uint32Array(256);
  for (let at = channel; at < pixels * 3; at += 3) counts[rgb[at] ?? 0] = (counts[rgb[at] ?? 0] ?? 0) + 1;
  let above = pixels * 0.05;
  for (let level = 255; level > 0; level--) {
    above -= counts[level] ?? 0;
    if (above < 0) return level;
  }
  return 0;
}
