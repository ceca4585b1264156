/** Accounts that people name: by id, by name, or by an external id. */
import type { Connection } from '@salesforce/core';
import { to18 } from '../leads/record-id.js';
import {
  groupsOfValues,
  isIn,
  queryAll,
  queryTogether,
  select,
  type Condition,
  normalStamp,
} from '../org/read/index.js';
import { managerOf, type Manager } from './managers.js';

/** An account as what changes it needs to know it. */
export type FoundAccount = {
  id: string;
  name: string;
  isPartner: boolean;
  isPersonAccount: boolean;
  ownerId: string;
  /** Undefined where the running user may not see that user. */
  owner: Manager | undefined;
  stamp: string;
  country: string | null;
  state: string | null;
};

export type AccountBy = 'id' | 'name' | 'external';

/** What somebody called an account. */
export type AccountRef = { by: AccountBy; text: string };

/** `missing`: none is called so; `problem`: why it is not certain which one is meant. */
export type AccountAnswer =
  | { account: FoundAccount; missing?: undefined; problem?: undefined }
  | { account?: undefined; missing: boolean; problem: string };

/** Fields of an object that the org has, by lower-case name; what it lacks is not asked for. */
export type ObjectFields = ReadonlyMap<string, { name: string; label: string; createable: boolean; type: string }>;

/** Fields of an object as the running user sees them. */
export async function fieldsOf(conn: Connection, object: 'Account' | 'Contact'): Promise<ObjectFields> {
  const { fields } = await conn.describe(object);
  return new Map(
    fields.map(({ name, label, createable, type }) => [name.toLowerCase(), { name, label, createable, type }])
  );
}

const NEEDED = [
  'Id',
  'Name',
  'IsPartner',
  'OwnerId',
  'Owner.Name',
  'Owner.IsActive',
  'Owner.UserRole.Name',
  'SystemModstamp',
];
const WISHED = ['IsPersonAccount', 'BillingCountry', 'BillingState'];

type Row = {
  Id: string;
  Name: string;
  IsPartner: boolean;
  IsPersonAccount?: boolean;
  OwnerId: string;
  Owner: { Name: string; IsActive: boolean; UserRole: { Name: string } | null } | null;
  SystemModstamp: string;
  BillingCountry?: string | null;
  BillingState?: string | null;
};

const accountOf = (row: Row): FoundAccount => ({
  id: row.Id,
  name: row.Name,
  isPartner: row.IsPartner,
  isPersonAccount: row.IsPersonAccount ?? false,
  ownerId: row.OwnerId,
  owner: row.Owner ? managerOf({ Id: row.OwnerId, ...row.Owner }) : undefined,
  stamp: normalStamp(row.SystemModstamp),
  country: row.BillingCountry ?? null,
  state: row.BillingState ?? null,
});

const askedFields = (fields: ObjectFields): string[] => [
  ...NEEDED,
  ...WISHED.filter((name) => fields.has(name.toLowerCase())),
];

/** Accounts that a condition selects. */
export async function selectAccounts(
  conn: Connection,
  fields: ObjectFields,
  where: Condition
): Promise<FoundAccount[]> {
  const soql = select({ from: 'Account', fields: askedFields(fields), where, orderBy: ['Name', 'Id'] });
  return (await queryAll<Row>(conn, soql)).map(accountOf);
}

/**
 * Looks up accounts, some hundred a query.
 * @param external field that holds the values of references by external id
 * @returns the answer for each reference
 */
export async function findAccounts(
  conn: Connection,
  fields: ObjectFields,
  refs: readonly AccountRef[],
  external?: string
): Promise<(ref: AccountRef) => AccountAnswer> {
  const column: Record<AccountBy, string> = { id: 'Id', name: 'Name', external: external ?? 'Id' };
  const asked: Array<{ by: AccountBy; soql: string }> = [];
  for (const by of ['id', 'name', 'external'] as const) {
    // The org would refuse the whole question for one text that is no id.
    const texts = refs.filter((ref) => ref.by === by).flatMap(({ text }) => (by === 'id' ? (to18(text) ?? []) : text));
    const extra = by === 'external' && external !== undefined ? [external] : [];
    for (const group of groupsOfValues(texts)) {
      const query = { from: 'Account', fields: [...askedFields(fields), ...extra], where: isIn(column[by], group) };
      asked.push({ by, soql: select(query) });
    }
  }
  const answers = await queryTogether<Row & Record<string, string>>(
    conn,
    asked.map(({ soql }) => soql)
  );
  const found = new Map<string, FoundAccount[]>();
  for (const [at, { records, error }] of answers.entries()) {
    if (error) throw error;
    const { by } = asked[at]!;
    for (const row of records) {
      const key = keyOf(by, row[column[by]] ?? '');
      found.set(key, [...(found.get(key) ?? []), accountOf(row)]);
    }
  }
  return (ref) => answerOf(ref, found.get(keyOf(ref.by, ref.by === 'id' ? (to18(ref.text) ?? ref.text) : ref.text)));
}

/** Names and external ids are compared without case, as the platform does. */
const keyOf = (by: AccountBy, text: string): string => `${by} ${by === 'id' ? text : text.toLowerCase()}`;

const WORDS: Readonly<Record<AccountBy, string>> = { id: 'the id', name: 'the name', external: 'the external id' };

function answerOf({ by, text }: AccountRef, found: readonly FoundAccount[] = []): AccountAnswer {
  const [account, other] = found;
  if (account && !other) return { account };
  if (!account) return { missing: true, problem: `There is no account with ${WORDS[by]} ${text} that you can see.` };
  const ids = found.map(({ id }) => id).join(', ');
  return {
    missing: false,
    problem: `${found.length} accounts have ${WORDS[by]} ${text}: ${ids}. Say which by its id.`,
  };
}
