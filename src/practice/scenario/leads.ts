/** Leads, by the thousand or by the million: prepared statements, one transaction, nothing kept. */
import type { ObjectDef } from '../catalog/types.js';
import type { Row, Value } from '../contracts.js';
import { systemRow } from '../save/defaults.js';
import { quoted } from '../store/identifiers.js';
import { companyName, FIRST_NAMES, INDUSTRIES, LAST_NAMES, PLACES, SOURCES, TITLES } from './names.js';
import { daysAgo, type Seed } from './seed.js';

/** Who owns the leads of a scenario. */
export type LeadOwners = {
  unassigned: string;
  queues: string[];
  people: string[];
  partners: ReadonlyArray<{ id: string; accountId: string }>;
  accounts: string[];
};

/** Days over which the leads came in. */
const SPAN = 730;
/** Leads that arrive in one go, as from a fair. */
const TOGETHER = 5;
const CONVERTED = 0.08;
const UNASSIGNED = 0.6;
const STATUSES = ['Open - Not Contacted', 'Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted'];

/** Above this, indexes are built once at the end instead of row by row. */
const BULK = 20_000;

type Owner = { id: string; accountId: string | null };

const ownerOf = (seed: Seed, owners: LeadOwners, converted: boolean): Owner => {
  const { random } = seed;
  if (!converted && random.chance(UNASSIGNED)) return { id: owners.unassigned, accountId: null };
  const kind = random.below(4);
  if (kind === 0 && !converted) return { id: random.pick(owners.queues), accountId: null };
  if (kind <= 1 || owners.partners.length === 0) return { id: random.pick(owners.people), accountId: null };
  return random.pick(owners.partners);
};

/** A lead's own values; `template` holds the columns that are the same in all. */
const fillLead = (seed: Seed, owners: LeadOwners, row: Row, index: number, created: string): void => {
  const { random } = seed;
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const [country, city] = random.pick(PLACES);
  const converted = random.chance(CONVERTED);
  const owner = ownerOf(seed, owners, converted);
  row.FirstName = first;
  row.LastName = last;
  row.Name = `${first} ${last}`;
  row.Company = companyName(random.below(4000));
  row.Email = `lead.${index}@example.com`;
  row.Title = random.pick(TITLES);
  row.City = city;
  row.Country = country;
  row.Industry = random.pick(INDUSTRIES);
  row.LeadSource = random.pick(SOURCES);
  row.NumberOfEmployees = 5 + random.below(900);
  row.Status = converted ? 'Closed - Converted' : random.pick(STATUSES);
  row.OwnerId = owner.id;
  row.PartnerAccountId = owner.accountId;
  row.IsUnreadByOwner = !converted && random.chance(0.5);
  row.IsConverted = converted;
  row.ConvertedDate = converted ? created.slice(0, 10) : null;
  row.ConvertedAccountId = converted ? random.pick(owners.accounts) : null;
  row.CreatedDate = created;
  row.LastModifiedDate = created;
  row.SystemModstamp = created;
};

/** Takes the indexes of a table away and gives back how to make them again. */
const withoutIndexes = (seed: Seed, def: ObjectDef): (() => void) => {
  const { db, sql } = {
    db: seed.tools.store.db,
    sql: 'SELECT name, sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL',
  };
  const indexes = db.prepare(sql).all('index', def.name);
  for (const { name } of indexes) db.exec(`DROP INDEX ${quoted(String(name))}`);
  return () => indexes.forEach((index) => db.exec(String(index.sql)));
};

const OWN = [
  'Id',
  'FirstName',
  'LastName',
  'Name',
  'Company',
  'Email',
  'Title',
  'City',
  'Country',
  'Industry',
  'LeadSource',
  'NumberOfEmployees',
  'Status',
  'OwnerId',
  'PartnerAccountId',
  'IsUnreadByOwner',
  'IsConverted',
  'ConvertedDate',
  'ConvertedAccountId',
  'CreatedDate',
  'LastModifiedDate',
  'SystemModstamp',
];

/** Adds `total` leads in the order in which they came in. */
export const seedLeads = (seed: Seed, owners: LeadOwners, total: number): void => {
  const { store, catalog } = seed.tools;
  const def = catalog.require('Lead');
  const row = systemRow(def, Object.fromEntries(OWN.map((name) => [name, null])), seed.adminId, daysAgo(SPAN));
  const names = Object.keys(row);
  const statement = store.db.prepare(
    `INSERT INTO ${quoted(def.name)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  );
  const restore = total > BULK ? withoutIndexes(seed, def) : undefined;
  let created = '';
  const values = new Array<string | number | null>(names.length).fill(null);
  for (let index = 0; index < total; index++) {
    row.Id = store.nextId(def.keyPrefix);
    if (index % TOGETHER === 0) created = daysAgo(SPAN - (index / total) * (SPAN - 1));
    fillLead(seed, owners, row, index, created);
    for (let i = 0; i < names.length; i++) {
      const value: Value = row[names[i]!]!;
      values[i] = typeof value === 'boolean' ? Number(value) : value;
    }
    statement.run(...values);
  }
  restore?.();
};
