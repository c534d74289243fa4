import type { FastifyRequest } from 'fastify';
import { Failure } from '../errors.ts';
import type { BroughtFile } from './route.ts';

/** What staff may bring in at once. */
export const maxUploadBytes = 50 * 1024 * 1024;

/** Fields and files, whichever way the browser sent them. */
export async function readBody(
  request: FastifyRequest,
): Promise<{ form: Record<string, string>; files: BroughtFile[] }> {
  if (!request.isMultipart()) return { form: lastOf(request.body), files: [] };
  const form: Record<string, string> = {};
  const files: BroughtFile[] = [];
  for await (const part of request.parts())
    if (part.type === 'field') form[part.fieldname] = String(part.value);
    else if (part.filename) files.push({ name: part.filename, bytes: await within(part.toBuffer(), files) });
    else await part.toBuffer(); // an empty choice of file has to be read away
  return { form, files };
}

/** Each file has its own limit (server.ts); together they must fit into memory, too. */
async function within(coming: Promise<Buffer>, before: readonly BroughtFile[]): Promise<Buffer> {
  const bytes = await coming;
  const total = before.reduce((sum, file) => sum + file.bytes.length, bytes.length);
  if (total > maxUploadBytes) throw new Failure('usage', `一次最多补入 ${maxUploadBytes / 1024 / 1024} MB，请分几次`);
  return bytes;
}

/** Every field as one text: one sent twice keeps its last value. */
export function lastOf(given: unknown): Record<string, string> {
  const entries = Object.entries((given ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String((Array.isArray(value) ? value.at(-1) : value) ?? '')]),
  );
}
