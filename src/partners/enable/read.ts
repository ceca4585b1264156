/** Reads what a request for partner accounts speaks of, and decides about each of them. */
import type { Connection } from '@salesforce/core';
import { compare, inOneBreath, parseCondition, queryTogether, select } from '../../org/read/index.js';
import { fieldsOf, findAccounts, selectAccounts, type AccountAnswer, type AccountRef } from '../accounts.js';
import { readPartnerCsv, type PartnerCsv } from '../csv/index.js';
import { ExternalIdError } from '../external-id.js';
import { findManagers, managerOf, type Manager } from '../managers.js';
import { byLine, rejectedLine, type RejectedRow } from '../rejected.js';
import { decide, type Decided } from './decide.js';
import { accountColumns, wishesOfCsv, wishesOfTexts, type Wish } from './wishes.js';

export type EnableRequest = {
  accounts?: readonly string[];
  where?: string;
  csv?: string;
  encoding?: string;
  /** Field of Account by which accounts are named. */
  externalId?: string;
  manager?: string;
};

/** What the org and the file say, decided row by row. */
export type EnableSnapshot = {
  decided: Decided[];
  /** Rows of the file that cannot be read, and wishes that cannot be carried out. */
  rejected: RejectedRow[];
  viewer: Manager;
  csv?: PartnerCsv;
  /** Columns of the file that nothing is made of. */
  unused: string[];
};

/**
 * @throws PartnerCsvError, ConditionError, ExternalIdError for a request that cannot be understood;
 * the org's error, such as INVALID_FIELD where accounts have no IsPartner
 */
export async function readEnable(
  conn: Connection,
  username: string,
  request: EnableRequest,
  update: (text: string) => void
): Promise<EnableSnapshot> {
  const fields = await fieldsOf(conn, 'Account');
  const external = request.externalId && (fields.get(request.externalId.toLowerCase())?.name ?? undefined);
  if (request.externalId && !external) throw new ExternalIdError(request.externalId);
  const csv =
    request.csv === undefined
      ? undefined
      : await readPartnerCsv(request.csv, accountColumns(external), { encoding: request.encoding });
  const read = csv ? wishesOfCsv(csv, fields, external, request.manager) : { wishes: [], bad: [], unused: [] };
  const wishes = [...read.wishes, ...wishesOfTexts(request.accounts ?? [], external, request.manager)];
  update(`${wishes.length} rows`);
  const selected =
    request.where === undefined
      ? []
      : await selectAccounts(conn, fields, await parseCondition('Account', request.where));
  const refs = wishes.map(({ ref }) => ref);
  const managers = [...wishes.flatMap((wish) => wish.manager ?? []), ...(request.manager ? [request.manager] : [])];
  const [byRef, manager, viewer] = await inOneBreath(conn, () =>
    Promise.all([findAccounts(conn, fields, refs, external), findManagers(conn, managers), readViewer(conn, username)])
  );
  const known = new Map(selected.map((account) => [account.id, account]));
  const answer = (ref: AccountRef): AccountAnswer => {
    const account = ref.by === 'id' ? known.get(ref.text) : undefined;
    return account ? { account } : byRef(ref);
  };
  const all = [
    ...wishes,
    ...selected.map(({ id }): Wish => ({ ...NOTHING, ref: { by: 'id', text: id }, manager: request.manager })),
  ];
  const decisions = decide(all, { account: answer, manager, viewer });
  const rejected = byLine([...read.bad.map(rejectedLine), ...decisions.rejected]);
  return { decided: decisions.decided, rejected, viewer, csv, unused: read.unused };
}

const NOTHING = { create: false, fields: {} };

async function readViewer(conn: Connection, username: string): Promise<Manager> {
  const fields = ['Id', 'Name', 'IsActive', 'UserRole.Name'];
  const where = compare('Username', '=', username);
  const soql = select({ from: 'User', fields, where });
  const [answer] = await queryTogether<Parameters<typeof managerOf>[0]>(conn, [soql]);
  if (answer!.error) throw answer!.error;
  const [row] = answer!.records;
  if (!row) throw new Error(`The org does not show the user ${username}.`);
  return managerOf(row);
}
