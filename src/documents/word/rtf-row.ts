import type { Merge, RowShape } from './grid.ts';

/** Follows the words that tell the shape of the row to come: `\clvmgf\cellx2000 \clvmrg\cellx4000`. */
export function openRtfRow() {
  let shapes: RowShape[] = [];
  let [left, merge, isMergedLeft]: [number, Merge, boolean] = [0, 'none', false];
  const words: Record<string, (value: number) => void> = {
    trowd: () => {
      [shapes, left, merge, isMergedLeft] = [[], 0, 'none', false];
    },
    trleft: (value) => {
      left = value;
    },
    clvmgf: () => {
      merge = 'restart';
    },
    clvmrg: () => {
      merge = 'continue';
    },
    clmrg: () => {
      isMergedLeft = true;
    },
    cellx: (value) => {
      shapes.push({ edges: [left, value], merge, isMergedLeft });
      [left, merge, isMergedLeft] = [value, 'none', false];
    },
  };
  return {
    hear(word: string, value: number) {
      if (Object.hasOwn(words, word)) words[word]?.(value);
    },
    /** A copy: rows that say nothing new keep the shape of the row before them. */
    shapes: (): RowShape[] => shapes.map((shape) => ({ ...shape, edges: [...shape.edges] })),
  };
}
