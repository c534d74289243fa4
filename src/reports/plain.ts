/**
 * What strangers wrote, made fit for a report: one line, no sign that hides or turns the reading direction, no ID
 * number, no phone, no link. Names, subjects and addresses do hold them: `张三410890…推荐表`, `13900000000@139.com`.
 *
 * @param most signs shown; longer text ends in `…`
 */
export function plain(text: string, most = 60): string {
  const line = text.slice(0, mostRead).replace(/\s+/gu, ' ').replace(unseen, '').trim();
  const signs = [...maskNumbers(line.replace(address, '（网址略）'))];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : signs.join('');
}

const mostRead = 20_000;
/** Control and format signs (zero width, direction marks) and halves of a sign. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** Mail programs turn these into links, and a report leads nobody to a stranger's page. */
const address = /(?:[a-z]{1,12}:\/\/|www\.)[\x21-\x7e]*/gi;
const wideSigns = /[０-９Ｘｘ－]/g;

/**
 * ID numbers keep their last four signs, phones their ends; full-width digits and the usual groups are seen through.
 * Any longer run of digits is treated like an ID number (bank cards, mistyped ones). 14 digits stay: that is how
 * phones name their pictures (`微信图片_20180716123456`).
 */
export function maskNumbers(text: string): string {
  return text
    .replace(wideSigns, (sign) => sign.normalize('NFKC'))
    .replace(/(?<!\d)\d{6}[- ]?\d{8}[- ]?\d{3}[\dXx](?![\dXx])|(?<!\d)\d{15,}[Xx]?/g, lastFour)
    .replace(/(?<!\d)\d{1,6}(\*{5,}\d{1,4}[\dXx]?)/g, '$1')
    .replace(/(?<!\d)((?:86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)/g, '$1****$2')
    .replace(/(?<!\d)(010|02\d|0[3-9]\d{2})([-—) ]{0,2})\d{5,6}(\d{2})(?!\d)/g, '$1$2****$3');
}

const lastFour = (number: string) => `********${number.slice(-4)}`;
