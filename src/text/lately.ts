/**
 * Keeps what was found for the texts asked lately: one mail asks for thousands, nearly all of them labels and words of
 * the round, which stand in every other mail as well. Beyond `most` texts all is forgotten and learnt again.
 *
 * @param find must come to the same whenever it is asked the same
 */
export function rememberLately<Found>(find: (text: string) => Found, most: number): (text: string) => Found {
  const known = new Map<string, Found>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if (known.size >= most) known.clear();
    known.set(text, found);
    return found;
  };
}
