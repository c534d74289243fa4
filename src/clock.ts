export const x = (n: number): number => n + 1;
