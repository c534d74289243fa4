/**
 * Thrown where a workbook holds what the plain reader does not know, or not for sure; the library then reads the whole.
 * A signal between these files, never seen outside: `plainBook` answers with null.
 */
export class Unusual extends Error {
  override readonly name = 'Unusual';
}
