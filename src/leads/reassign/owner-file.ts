/** Reads the file of a reassignment: leads, and for each the new owner where the row says one. */
import { PartnerCsvError, readPartnerCsv, type ColumnSpec, type PartnerCsv } from '../../partners/csv/index.js';
import { rejectedLine, type RejectedRow } from '../../partners/rejected.js';
import { readIdFile } from '../distribute/index.js';
import { to18 } from '../record-id.js';

/** A lead of the file. */
export type FileRow = {
  /** Line of the file, from 1; absent where the file is a mere list of ids. */
  line?: number;
  cells?: string[];
  /** 18 characters. */
  id: string;
  /** Owner as it stands in the row. */
  owner?: string;
};

export type OwnerFile = {
  /** Absent where the file is a mere list of ids. */
  csv?: PartnerCsv;
  rows: FileRow[];
  rejected: RejectedRow[];
};

/** `OwnerId` is not among them: in an export that is the owner of today. */
const COLUMNS: readonly ColumnSpec[] = [
  { key: 'id', names: ['Id', 'Lead Id', 'Lead'], required: true },
  { key: 'owner', names: ['Owner', 'New Owner'] },
];

/**
 * @param encoding a WHATWG label, where the guess would be wrong
 * @throws PartnerCsvError where the file as a whole cannot be used; IdFileError where it is a list of ids that is wrong
 */
export async function readOwnerFile(file: string, encoding?: string): Promise<OwnerFile> {
  try {
    return sorted(await readPartnerCsv(file, COLUMNS, { encoding }));
  } catch (error) {
    if (!isIdList(error)) throw error;
    return { rows: (await readIdFile(file)).map((id) => ({ id })), rejected: [] };
  }
}

/** A file whose header is an id has none. */
const isIdList = (error: unknown): boolean =>
  error instanceof PartnerCsvError && error.key === 'csvNoColumn' && isLead(to18(error.details[1]?.trim() ?? ''));

const isLead = (id: string | undefined): boolean => id?.startsWith('00Q') ?? false;

/** Rows that can be used, and those that cannot with the reason. */
export function sorted(csv: PartnerCsv): OwnerFile {
  const result: OwnerFile = { csv, rows: [], rejected: csv.bad.map(rejectedLine) };
  const byLead = new Map<string, FileRow[]>();
  for (const { line, cells, value } of csv.rows) {
    const text = value('id') ?? '';
    const id = to18(text);
    if (id === undefined || !isLead(id)) {
      result.rejected.push({ line, cells, record: text, reason: `"${text}" is not the id of a lead.` });
      continue;
    }
    const owner = value('owner');
    byLead.set(id, [...(byLead.get(id) ?? []), { line, cells, id, ...(owner === undefined ? {} : { owner }) }]);
  }
  for (const rows of byLead.values()) sortOne(result, rows);
  return result;
}

/** A lead that is named twice counts once, and not at all where its rows want different owners. */
function sortOne(result: OwnerFile, rows: readonly FileRow[]): void {
  const [first] = rows;
  const lines = rows.map(({ line }) => line).join(', ');
  const differ = new Set(rows.map(({ owner }) => owner?.toLowerCase())).size > 1;
  if (first && !differ) result.rows.push(first);
  for (const row of differ ? rows : rows.slice(1)) {
    const reason = differ
      ? `Lines ${lines} want different owners for this lead.`
      : `This lead stands on line ${first?.line} already.`;
    result.rejected.push(rejectedRow(row, reason));
  }
}

/** A row as rejected. */
export const rejectedRow = ({ line, cells, id }: FileRow, reason: string): RejectedRow => ({
  ...(line === undefined ? {} : { line }),
  ...(cells ? { cells } : {}),
  record: id,
  reason,
});
