/** What people from outside can really read in a practice org, beside what the review says: ground truth for its findings. */
import { Org, type Connection } from '@salesforce/core';
import { readIdentity, type OrgIdentity } from '../../src/org/read/index.js';
import type { OpenOrg } from '../../src/practice/org.js';
import type { Finding } from '../../src/sharing/finding.js';
import type { Review } from '../../src/sharing/review.js';

/** Objects whose records are shared. */
export const OBJECTS = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'Campaign'];

/** `Object User` to the ids of records of others that he can read. */
export type Readable = Map<string, string[]>;

type Named = { Id: string; OwnerId: string };

/**
 * Computed by the org itself, record by record, without any query of the client.
 * @param own whether records count that the reader owns himself
 */
export function readableOutside(org: OpenOrg, objects: readonly string[] = OBJECTS, own = false): Readable {
  const readable: Readable = new Map();
  const outsiders = org.store
    .sql('SELECT "Id" FROM "User" WHERE "IsActive" = 1 AND "UserType" <> \'Standard\' ORDER BY "Id"')
    .all();
  for (const object of objects) {
    const def = org.catalog.require(object);
    const records = org.store.sql(`SELECT "Id", "OwnerId" FROM "${object}"`).all() as Named[];
    for (const { Id } of outsiders) {
      const user = String(Id);
      const candidates = records.filter(({ OwnerId }) => own || OwnerId !== user).map((record) => record.Id);
      const access = org.tools.sharing.accessTo(user, def, candidates);
      const ids = candidates.filter((id) => access.get(id)?.read);
      if (ids.length > 0) readable.set(`${object} ${user}`, ids);
    }
  }
  return readable;
}

/** `Object User` to the keys of the findings that explain it. */
export function explained({ findings, reached }: Review, objects: readonly string[] = OBJECTS): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const finding of findings) {
    for (const object of finding.objects.filter((name) => objects.includes(name))) {
      for (const user of reached(finding.key)) {
        const pair = `${object} ${user}`;
        pairs.set(pair, [...(pairs.get(pair) ?? []), finding.key]);
      }
    }
  }
  return pairs;
}

/** Findings about records of an object, which a person from outside must be able to read. */
export const opensRecords = ({ objects, externalUsers, recordsKnown, unknown }: Finding): boolean =>
  objects.length > 0 && externalUsers > 0 && recordsKnown && unknown === undefined;

export async function connect(username: string): Promise<{ conn: Connection; identity: OrgIdentity }> {
  const conn = (await Org.create({ aliasOrUsername: username })).getConnection();
  return { conn, identity: await readIdentity(conn) };
}
