import { type Check, finding } from './check.ts';

/** An ID card is not among the six materials and its picture is sensitive (个人信息保护法 art. 28): ask not to send it. */
export const idCard: Check = ({ shares }, { notice }) => {
  const files = new Set(shares.flatMap(({ idCards }) => idCards));
  return [...files].map((file) => finding('id_card_not_needed', { material: { file } }, notice));
};
