/** What a handover changes beyond the owners. Pure: from what was read to facts with numbers. */
import type { SharingSnapshot } from '../../sharing/model.js';
import type { Rows } from '../batch.js';
import { rowsBy, topRoles, type PortalRoleRow } from '../portal.js';
import { changeOf, seersOfOwn, seersOfPartners, type Change, type Colleague, type RoleNode } from './branch.js';
import type { Choice } from './choose.js';
import type { Effects } from './details.js';
import type { Sides } from './people.js';
import type { HandoverSnapshot } from './read.js';
import { NOT_ALL } from '../sight.js';
import { shiftsOf } from './shifts.js';

export type EffectsInput = {
  sides: Sides;
  choice: Choice;
  snapshot: HandoverSnapshot;
  sharing: SharingSnapshot;
  /** Leads that move. */
  moved: number;
};

export function effectsOf({ sides, choice, snapshot, sharing, moved }: EffectsInput): Effects {
  const { portalRoles, users, partnerLeads, ownLeads, accountShares, leadShares, children } = snapshot;
  const tops = portalRoles.known ? topRolesOf(portalRoles.value) : [];
  const active = users.known ? users.value.filter(({ IsActive }) => IsActive).length : 0;
  return {
    portalRoles: portalRoles.known
      ? { moving: portalRoles.value.length, names: portalRoles.value.map(({ Name }) => Name).sort() }
      : null,
    sight: sightOf(sides, sharing),
    partnerUsers: users.known ? { active, inactive: users.value.length - active } : null,
    manualShares: { accounts: lengthOf(accountShares), leads: lengthOf(leadShares) },
    leads: { own: totalOf(ownLeads), moved, ofPartners: totalOf(partnerLeads) },
    children: {
      Contact: totalOf(children.Contact),
      Opportunity: totalOf(children.Opportunity),
      Case: totalOf(children.Case),
    },
    shifts:
      sharing.definitionsKnown && portalRoles.known ? shiftsFor(sides, choice, snapshot, sharing, tops, moved) : null,
    unknown: unknownOf(snapshot, sharing),
  };
}

/** Roles right below the role of the manager, of all accounts. */
const topRolesOf = (roles: readonly PortalRoleRow[]): PortalRoleRow[] =>
  [...rowsBy(roles, ({ PortalAccountId }) => PortalAccountId).values()].flatMap(topRoles);

function shiftsFor(
  sides: Sides,
  { going }: Choice,
  { users }: HandoverSnapshot,
  sharing: SharingSnapshot,
  tops: readonly PortalRoleRow[],
  leads: number
): Effects['shifts'] {
  if (!sides.to.role) return null;
  return shiftsOf(sharing, {
    from: sides.from.id,
    to: sides.to.id,
    toRole: sides.to.role.id,
    topRoles: tops.map(({ Id }) => Id),
    users: users.known ? users.value.map(({ Id }) => Id) : [],
    records: { Account: going.length, Lead: leads },
  });
}

function sightOf(sides: Sides, { roles, people }: SharingSnapshot): Effects['sight'] {
  const internal = roles.filter(({ portal }) => portal === 'None');
  const nodes = internal.map(({ id, name, parentId }): RoleNode => ({ id, name, parentId: parentId ?? null }));
  const colleagues = people
    .filter(({ userType, active }) => userType === 'Standard' && active)
    .map(({ id, name, roleId }): Colleague => ({ id, name, roleId: roleId ?? null }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
  const org = { roles: new Map(nodes.map((node) => [node.id, node])), colleagues };
  return {
    partners: namesOf(changeOf(org, sides, seersOfPartners)),
    records: namesOf(changeOf(org, sides, seersOfOwn)),
  };
}

type People = Effects['sight']['partners'];

const namesOf = ({ gain, lose }: Change): People => {
  const short = ({ id, name }: Colleague): People['gain'][number] => ({ id, name });
  return { gain: gain.map(short), lose: lose.map(short) };
};

const lengthOf = (rows: Rows<unknown>): number | null => (rows.known ? rows.value.length : null);

const totalOf = (rows: Rows<{ total: number }>): number | null =>
  rows.known ? rows.value.reduce((sum, { total }) => sum + total, 0) : null;

function unknownOf(snapshot: HandoverSnapshot, { notes }: SharingSnapshot): string[] {
  const { children, seesAll, ...rest } = snapshot;
  const reasons = [...Object.values(rest), ...Object.values(children)].flatMap((rows) =>
    rows.known ? [] : [rows.reason]
  );
  return [
    ...new Set([
      ...(seesAll ? [] : [NOT_ALL]),
      ...reasons,
      ...notes.map(({ source, reason }) => `${source}: ${reason}`),
    ]),
  ];
}
