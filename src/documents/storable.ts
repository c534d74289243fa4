const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text without NUL and without halves of a sign: old files hold both, and no database takes them in text or JSON. */
export function storable(text: string): string {
  return text.replace(unstorable, '');
}
