/** Reads what a handover touches. A few queries for each 500 accounts, five queries a call. */
import type { Connection } from '@salesforce/core';
import { all, compare, countOf, isInQuery, select, type Condition } from '../../org/read/index.js';
import { Batch, type Answer, type Rows } from '../batch.js';
import { askOpenLeads, askPartnerUsers, askPortalRoles, type PartnerUserRow, type PortalRoleRow } from '../portal.js';
import type { CountRow } from '../rows.js';
import { askSight } from '../sight.js';
import type { Choice, LeadMode } from './choose.js';
import type { Sides } from './people.js';

/** A share that somebody gave by hand. */
export type ShareRow = { Id: string; UserOrGroupId: string } & Record<string, string | null>;

/** What belongs to the accounts and is not part of the plan. */
export const CHILDREN = ['Contact', 'Opportunity', 'Case'] as const;

export type HandoverSnapshot = {
  /** Whether the running user sees all records; the numbers are lower limits otherwise. */
  seesAll: boolean;
  portalRoles: Rows<PortalRoleRow>;
  users: Rows<PartnerUserRow>;
  /** Open leads of the partner users, by owner. */
  partnerLeads: Rows<CountRow>;
  /** Open leads of the one who hands over. */
  ownLeads: Rows<{ total: number }>;
  accountShares: Rows<ShareRow>;
  /** Those of leads that move. */
  leadShares: Rows<ShareRow>;
  /** Records of the accounts that the one who hands over owns. */
  children: Record<(typeof CHILDREN)[number], Rows<{ total: number }>>;
};

const ACCOUNT_SHARE = [
  'Id',
  'AccountId',
  'UserOrGroupId',
  'AccountAccessLevel',
  'ContactAccessLevel',
  'OpportunityAccessLevel',
  'CaseAccessLevel',
];
const LEAD_SHARE = ['Id', 'LeadId', 'UserOrGroupId', 'LeadAccessLevel'];

const MANUAL = compare('RowCause', '=', 'Manual');
const TOTAL = [countOf('Id', 'total')];

/** Open leads that a user owns. */
export const openLeadsOf = (userId: string): Condition =>
  all(compare('OwnerId', '=', userId), compare('IsConverted', '=', false));

/** Reads everything that the effects are worked out from. What may not be seen is told as such. */
export async function readHandover(
  conn: Connection,
  viewer: string,
  { from }: Sides,
  { going }: Choice,
  mode: LeadMode
): Promise<HandoverSnapshot> {
  const batch = new Batch();
  const ids = going.map(({ id }) => id);
  const asked = {
    portalRoles: askPortalRoles(batch, ids),
    users: askPartnerUsers(batch, ids),
    ownLeads: batch.add<{ total: number }>('leads', { from: 'Lead', fields: TOTAL, where: openLeadsOf(from.id) }),
    accountShares: batch.addFor<ShareRow>(
      'shares of accounts',
      { from: 'AccountShare', fields: ACCOUNT_SHARE },
      'AccountId',
      ids,
      MANUAL
    ),
    leadShares: mode === 'move' ? askLeadShares(batch, from.id) : none<ShareRow>(),
  };
  const children = askChildren(batch, from.id, ids);
  const seesAll = askSight(batch, viewer);
  await batch.ask(conn);
  const users = asked.users();
  return {
    seesAll: seesAll(),
    portalRoles: asked.portalRoles(),
    users,
    partnerLeads: await readLeadsOf(conn, users),
    ownLeads: asked.ownLeads(),
    accountShares: asked.accountShares(),
    leadShares: asked.leadShares(),
    children: { Contact: children.Contact(), Opportunity: children.Opportunity(), Case: children.Case() },
  };
}

const none =
  <T>(): Answer<T> =>
  () => ({ known: true, value: [] });

/** Only leads that move lose their shares. */
function askLeadShares(batch: Batch, userId: string): Answer<ShareRow> {
  const leads = select({ from: 'Lead', fields: ['Id'], where: openLeadsOf(userId) });
  return batch.add<ShareRow>('shares of leads', {
    from: 'LeadShare',
    fields: LEAD_SHARE,
    where: all(MANUAL, isInQuery('LeadId', leads)),
  });
}

type Children = Record<(typeof CHILDREN)[number], Answer<{ total: number }>>;

/** Records of the accounts that a user owns, counted. */
export function askChildren(batch: Batch, userId: string, accounts: readonly string[]): Children {
  const count = (object: string, plural: string): Answer<{ total: number }> =>
    batch.addFor(plural, { from: object, fields: TOTAL }, 'AccountId', accounts, compare('OwnerId', '=', userId));
  return {
    Contact: count('Contact', 'contacts'),
    Opportunity: count('Opportunity', 'opportunities'),
    Case: count('Case', 'cases'),
  };
}

async function readLeadsOf(conn: Connection, users: Rows<PartnerUserRow>): Promise<Rows<CountRow>> {
  if (!users.known) return users;
  const batch = new Batch();
  const answer = askOpenLeads(
    batch,
    users.value.map(({ Id }) => Id)
  );
  await batch.ask(conn);
  return answer();
}
