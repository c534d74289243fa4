/** What `shouli start` was asked for. `part`: the console alone, the office's work alone, or both in one process. */
export type Run = { once: boolean; part: 'everything' | 'web' | 'workers' };
