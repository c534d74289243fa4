import { readFileSync } from 'node:fs';
import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { decodeText } from '../text/charset.ts';
import type { Problem } from './problem.ts';

/** The text of a configuration file, whatever editor saved it (Excel and Notepad still write GBK), or a problem. */
export function readText(path: string, file: string, problems: Problem[]): string | null {
  try {
    return decodeText(readFileSync(path)).text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    problems.push({ file, place: '', expected: '没有这个文件' });
    return null;
  }
}

/**
 * Reads one YAML file through its schema. Mistakes are added to `problems` with their line; then null is returned and
 * the caller goes on, so that every file is looked at before anything is refused.
 */
export function readYaml<Schema extends z.ZodType>(
  path: string,
  file: string,
  schema: Schema,
  problems: Problem[],
): z.output<Schema> | null {
  const source = readText(path, file, problems);
  if (source === null) return null;
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    for (const { pos } of document.errors)
      problems.push({
        file,
        place: `第${lines.linePos(pos[0]).line}行`,
        expected: '格式不对（检查缩进、冒号后的空格和成对的引号、括号）',
      });
    return null;
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const line = lineOf(document.contents, [...issue.path, ...unknownKeys(issue)], lines);
    const place = [line ? `第${line}行` : '', issue.path.join('.')].filter(Boolean).join(' ');
    problems.push({ file, place, expected: issue.message });
  }
  return null;
}

/** A mistyped key is shown where it stands, not at the object around it. */
const unknownKeys = (issue: z.core.$ZodIssue) => (issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []);

/** The line of the deepest part of `at` that exists in the file: a missing key is shown at its parent. */
function lineOf(root: Node | null, at: readonly PropertyKey[], lines: LineCounter): number | null {
  let node: Node | null = root;
  for (const step of at) {
    const next: unknown = node && 'get' in node && typeof node.get === 'function' ? node.get(step, true) : null;
    if (!next || typeof next !== 'object') break;
    node = next as Node;
  }
  return node?.range ? lines.linePos(node.range[0]).line : null;
}
