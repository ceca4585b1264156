/** Why a file of partners cannot be used at all. Single lines that cannot be used are bad rows, not errors. */

/**
 * Tokens of each, in this order:
 * - `csvMissing` file, what the system says · `csvFolder` file · `csvEmpty` file · `csvNoRows` file
 * - `csvSpreadsheet` file (a workbook: save it as CSV) · `csvBinary` file
 * - `csvUnknownEncoding` file, the name · `csvBadEncoding` file, line, encoding
 * - `csvMalformed` file, line where the record begins, number of the cell, what is wrong
 * - `csvNoColumn` file, line of the header, columns missing, columns found
 * - `csvHeaderChanges` file, line, the other header
 */
export type PartnerCsvKey =
  | 'csvMissing'
  | 'csvFolder'
  | 'csvEmpty'
  | 'csvNoRows'
  | 'csvSpreadsheet'
  | 'csvBinary'
  | 'csvUnknownEncoding'
  | 'csvBadEncoding'
  | 'csvMalformed'
  | 'csvNoColumn'
  | 'csvHeaderChanges';

/** The key names the message, the tokens fill it. */
export class PartnerCsvError extends Error {
  /** File, line where there is one, then the details. */
  public readonly tokens: readonly string[];

  public constructor(
    public readonly key: PartnerCsvKey,
    public readonly file: string,
    public readonly details: readonly string[] = [],
    public readonly line?: number
  ) {
    const tokens = [file, ...(line === undefined ? [] : [String(line)]), ...details];
    super(`${key}: ${tokens.join(' ')}`);
    this.name = 'PartnerCsvError';
    this.tokens = tokens;
  }
}
