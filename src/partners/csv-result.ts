/** What results say of a file that was read. */
import { z } from 'zod';
import type { PartnerCsv } from './csv/index.js';

export const csvSchema = z.object({
  file: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  rows: z.number().int(),
  /** Columns that nothing is made of. */
  unused: z.array(z.string()),
  notes: z.array(z.string()),
});

export const csvResult = (csv: PartnerCsv, unused: readonly string[]): z.infer<typeof csvSchema> => ({
  file: csv.file,
  encoding: csv.encoding,
  delimiter: csv.delimiter,
  rows: csv.rows.length + csv.bad.length,
  unused: [...unused],
  notes: csv.notes,
});
