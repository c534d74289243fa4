/** What can be seen in a picture without understanding it. Sizes in pixels, upright (EXIF orientation applied). */
export type PictureFacts = {
  width: number;
  height: number;
  /** EXIF orientation 1–8; 1 where the file says nothing. */
  orientation: number;
  /** True for a black-and-white picture, also when saved as colour; null when the format could not be decoded, or nobody asked. */
  grey: boolean | null;
  /** Mean of (max − min) of the three channels, 0–255; null as above. */
  colourfulness: number | null;
  /** Share (0–1) of light, nearly colourless pixels: high for a scanned page, low for a portrait; null as above. */
  paperShare: number | null;
};

/**
 * Whether it looks like a sheet of paper with writing on it. Drawn pages (white, cream, under a lamp) measure 0.73 and
 * more, portraits on any backdrop 0.61 at most.
 */
export const looksLikePaper = ({ paperShare }: PictureFacts): boolean => paperShare !== null && paperShare >= 0.68;
