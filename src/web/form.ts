import type { FastifyRequest } from 'fastify';
import type { BroughtFile } from './route.ts';

/** Fields and files, whichever way the browser sent them. */
export async function readBody(
  request: FastifyRequest,
): Promise<{ form: Record<string, string>; files: BroughtFile[] }> {
  if (!request.isMultipart()) return { form: lastOf(request.body), files: [] };
  const form: Record<string, string> = {};
  const files: BroughtFile[] = [];
  for await (const part of request.parts())
    if (part.type === 'field') form[part.fieldname] = String(part.value);
    else if (part.filename) files.push({ name: part.filename, bytes: await part.toBuffer() });
    else await part.toBuffer(); // an empty choice of file has to be read away
  return { form, files };
}

/** Every field as one text: one sent twice keeps its last value. */
export function lastOf(given: unknown): Record<string, string> {
  const entries = Object.entries((given ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String((Array.isArray(value) ? value.at(-1) : value) ?? '')]),
  );
}
