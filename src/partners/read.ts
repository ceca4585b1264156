/** Reads the facts about partner users: few API calls however many users, and nothing the running user may not see. */
import type { Connection } from '@salesforce/core';
import { queryAll, select, type Condition } from '../org/read/index.js';
import type { Section } from '../status/result.js';
import { Batch } from './batch.js';
import { factsOf } from './facts-of.js';
import type { PartnerFacts } from './facts.js';
import { askLeads, askOrg, askUsers } from './questions.js';
import { USER_FIELDS, type UserRow } from './rows.js';

/** `openLeads`: of each user who has some. `sites`: names of those that the running user sees. */
export type PartnerSnapshot = {
  partners: PartnerFacts[];
  openLeads: Section<Map<string, number>>;
  sites: { names: string[]; complete: boolean };
};

/** `viewer`: username of the running user. `leads`: whether open leads are counted. */
export type PartnerQuery = { where: Condition; viewer: string; leads?: boolean };

/**
 * Reads the users that a condition selects. One query a page of users, then 10 queries for up to 500 of them and five
 * for each 500 more (with leads one more each), five queries a call.
 */
export async function readPartners(
  conn: Connection,
  { where, viewer, leads = false }: PartnerQuery
): Promise<PartnerSnapshot> {
  const query = select({ from: 'User', fields: USER_FIELDS, where, orderBy: ['Name', 'Id'] });
  const users = await queryAll<UserRow>(conn, query);
  const batch = new Batch();
  const org = askOrg(batch, viewer);
  const asked = askUsers(batch, users);
  const counts = leads ? askLeads(batch, users) : undefined;
  await batch.ask(conn);
  const { partners, sites } = factsOf(users, org, asked);
  return { partners, sites, openLeads: leadsOf(counts?.()) };
}

function leadsOf(counts: Section<Array<{ OwnerId: string; total: number }>> | undefined): Section<Map<string, number>> {
  if (!counts) return { known: false, reason: 'not asked for' };
  if (!counts.known) return counts;
  return { known: true, value: new Map(counts.value.map(({ OwnerId, total }) => [OwnerId, total])) };
}
