import type { Settings } from '../../settings.ts';

/** The codes and passwords of all addresses, as written and as decoded. */
export function codesOf({ imapUrl, smtpUrl, databaseUrl, redisUrl }: Settings): string[] {
  const urls = [imapUrl, smtpUrl, databaseUrl, redisUrl].flatMap((url) =>
    url && URL.canParse(url) ? new URL(url) : [],
  );
  return [...new Set(urls.flatMap(({ password }) => [password, decoded(password)]).filter(Boolean))];
}

/** A server may repeat in its answer what it was given. */
export const withoutCodes = (text: string, codes: readonly string[]) =>
  codes.reduce((left, code) => left.replaceAll(code, '***'), text);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a % that encodes nothing
  }
}
