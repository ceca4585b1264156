/** Which leads a rule is to run over. */
import type { Connection } from '@salesforce/core';
import { readSelection } from '../distribute/request.js';
import type { Selection } from '../distribute/types.js';
import { to18 } from '../record-id.js';

export type AssignSelection = { ids: readonly string[]; where?: string; file?: string };

/** An argument that is no id of a lead. */
export class LeadIdError extends Error {
  public constructor(public readonly text: string) {
    super(text);
    this.name = 'LeadIdError';
  }
}

/** @throws LeadIdError, RequestError, IdFileError */
export async function readLeadSelection(conn: Connection, request: AssignSelection): Promise<Selection> {
  const { ids, where, file } = request;
  if (ids.length === 0) return readSelection(conn, { to: [], cap: [], where, file });
  const full = ids.map((text) => {
    const id = to18(text);
    if (!id?.startsWith('00Q')) throw new LeadIdError(text);
    return id;
  });
  const once = [...new Set(full)].sort();
  return { kind: 'ids', ids: once, text: `${once.length} lead${once.length === 1 ? '' : 's'} named by id` };
}
