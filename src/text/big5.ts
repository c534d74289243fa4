/** Fewer signs than this may be anything. */
const minSigns = 4;

/**
 * Whether bytes that could be GB18030 are rather Big5, which nobody labelled. Nearly every sign of a Chinese text is one
 * of the few thousand common ones, and each charset keeps those in a block of its own (GB 2312 level 1: B0–D7, Big5
 * level 1: A4–C6): a text of which more than half lies outside the one, and next to nothing outside the other, was
 * written in that other.
 */
export function looksBig5(bytes: Uint8Array): boolean {
  let [signs, commonInGb, commonInBig5] = [0, 0, 0];
  for (let at = 0; at + 1 < bytes.length; at++) {
    const [lead, trail] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
    if (lead < 0x81) continue;
    at++;
    if (trail < 0x40) return false; // a sign of four bytes, or no sign of either charset
    signs++;
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))) commonInGb++;
    if (lead >= 0xa1 && lead <= 0xc6 && (trail <= 0x7e || trail >= 0xa1)) commonInBig5++;
  }
  return signs >= minSigns && commonInGb < signs / 2 && commonInBig5 > signs * 0.95;
}
