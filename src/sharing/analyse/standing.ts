/** Access that comes with the portal itself: own account, roles within an account, super users, visible users. */
import type { Outsider } from './world.js';
import { ownedBy, total } from './counting.js';
import { byHand, DECIDE, keep } from './fixes.js';
import type { Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

type Standing = Pick<Draft, 'key' | 'kind' | 'object' | 'target' | 'access' | 'records' | 'severity' | 'suggestion'> &
  Partial<Pick<Draft, 'also' | 'anyReader'>> & { label: string; outside: string; outsiders: number[]; steps: string[] };

function standing(draft: Standing): Draft {
  const { label, outside, outsiders, steps, ...rest } = draft;
  const chain = { nodes: [], outside, named: [] };
  const reach: Reach = { chains: [chain], asleep: [], outsiders, unknown: [] };
  const source = { type: rest.kind, name: rest.object, label };
  return { ...rest, step: 3, source, targetKey: rest.kind, reach, ...byHand(...steps) };
}

const NATURE = keep('The platform gives this to every external user; it cannot be turned off.');

/** Counted apart: contacts of accounts with external users. */
export const OWN_CONTACTS = 'Contact of own account';

/** Own account and its contacts, and what follows a parent that can be read. */
export function implicitDrafts(ctx: Context): Draft[] {
  const { outsiders, snapshot } = ctx.world;
  const members = outsiders.filter(({ person, kind }) => person.accountId !== undefined && kind !== 'guest');
  const places = members.map(({ index }) => index);
  const readers = ctx.audience.readersAmong(places, 'Account').map((index) => outsiders[index]!);
  const accounts = new Set(readers.filter(({ projected }) => !projected).map(({ person }) => person.accountId));
  const base = { kind: 'implicit', access: 'Read', severity: 'info', suggestion: NATURE, outsiders: places } as const;
  const outside = 'Users of the account';
  const steps = ['Nothing can be changed here: only put into an account and its contacts what its users may read.'];
  const own = [
    { object: 'Account', label: 'Own account', records: accounts.size },
    { object: 'Contact', label: 'Contacts of the own account', records: snapshot.counts.totals[OWN_CONTACTS] },
  ].map(({ object, label, records }) =>
    standing({
      ...base,
      key: `implicit:${object}`,
      object,
      label,
      target: outside,
      outside,
      steps,
      records: unlessProjected(readers, records),
    })
  );
  return [...own, ...followers(ctx)];
}

/** Where only partners to be are reached, today's numbers say nothing. */
const unlessProjected = (readers: readonly Outsider[], records: number | undefined): number | undefined =>
  readers.length > 0 && readers.every(({ projected }) => projected) ? undefined : records;

function followers(ctx: Context): Draft[] {
  const { parents } = ctx.world.snapshot;
  return Object.entries(parents)
    .filter(([object]) => object !== 'Contact')
    .map(([object, ofObject]) => {
      const outsiders = ctx.world.outsiders.map(({ index }) => index);
      const readers = ofObject.flatMap((parent) => ctx.audience.readersAmong(outsiders, parent));
      return standing({
        key: `implicit:${object}`,
        kind: 'implicit',
        object,
        label: `${object} follows ${ofObject.join(' or ')}`,
        target: `Whoever reads the ${ofObject.join(' or ')}`,
        outside: `Users from outside who read the ${ofObject.join(' or ')}`,
        access: 'As the parent',
        outsiders: [...new Set(readers)],
        records: total(ctx, object),
        severity: 'info',
        suggestion: keep('It is closed where its parent is closed.'),
        steps: [`Look at the findings of ${ofObject.join(' and ')}: ${object} is open where they are.`],
      });
    });
}

/** Objects whose records of partner users a super user reads. */
const SUPER_USER_OBJECTS = ['Case', 'Lead', 'Opportunity'];

/** Portal roles of an account: the executive reads what managers and users own, the manager what users own. */
export function hierarchyDrafts(ctx: Context): Draft[] {
  const places = ctx.world.outsiders.filter(({ person }) => rankOf(ctx, person.roleId) > 0);
  return ownedObjects(ctx).map((object) => {
    const { outsiders, records } = withPeers(ctx, object, places, false);
    return standing({
      key: `hierarchy:${object}`,
      kind: 'hierarchy',
      object,
      label: `Portal roles of an account, ${object}`,
      target: 'Executives and managers of an account',
      outside: 'Executives and managers, over what users below them own',
      access: 'Edit',
      outsiders,
      records,
      severity: 'info',
      suggestion: keep('Executives and managers of a partner see what their own people own.'),
      steps: ['Give users who shall not see what their colleagues own the portal role User.'],
    });
  });
}

export function superUserDrafts(ctx: Context): Draft[] {
  const { settings } = ctx.world.snapshot;
  if (!settings?.partnerSuperUser) return [];
  const supers = ctx.world.outsiders.filter(({ person, kind }) => person.superUser && kind === 'partner');
  return ownedObjects(ctx)
    .filter((object) => SUPER_USER_OBJECTS.includes(object) || object.endsWith('__c'))
    .map((object) => {
      const { outsiders, records } = withPeers(ctx, object, supers, true);
      return standing({
        key: `superuser:${object}`,
        kind: 'super-user',
        object,
        label: `Partner super users, ${object}`,
        target: 'Partner super users',
        outside: 'Super users, over what colleagues of the same or a lower role own',
        access: 'Edit',
        outsiders,
        records,
        severity: 'medium',
        suggestion: DECIDE,
        steps: [
          'Open the contact of each super user and choose Disable Super User Access, or turn it off in Setup, Digital Experiences, Settings.',
        ],
      });
    });
}

/** Objects with counted owners; without counts, all that somebody from outside may read and that are not details. */
function ownedObjects(ctx: Context): string[] {
  const counted = Object.keys(ctx.world.snapshot.counts.owners);
  const { parents } = ctx.world.snapshot;
  return counted.length > 0
    ? counted
    : ctx.audience.objects().filter((object) => !(object in parents) || object === 'Contact');
}

/** Those of them who have somebody in their account whose records they read, and how many records that are. */
function withPeers(
  ctx: Context,
  object: string,
  outsiders: readonly Outsider[],
  same: boolean
): { outsiders: number[]; records: number | undefined } {
  const counts = ctx.world.snapshot.counts.owners[object];
  const owners = new Set<string>();
  const reached = ctx.audience
    .readersAmong(
      outsiders.filter(({ projected }) => !projected).map(({ index }) => index),
      object
    )
    .filter((index) => {
      const { person } = ctx.world.outsiders[index]!;
      const rank = rankOf(ctx, person.roleId);
      const peers = peersOf(ctx, person.accountId).filter(
        ({ id, roleId }) => id !== person.id && (same ? rankOf(ctx, roleId) <= rank : rankOf(ctx, roleId) < rank)
      );
      const owning = peers.filter(({ id }) => counts === undefined || (counts[id] ?? 0) > 0);
      for (const { id } of owning) owners.add(id);
      return owning.length > 0;
    });
  return { outsiders: reached, records: ownedBy(ctx, object, owners) };
}

const peers = new WeakMap<object, Map<string, Array<{ id: string; roleId?: string }>>>();

/** People with a portal role in an account, also inactive ones: their records are still read by those above. */
function peersOf({ world }: Context, accountId: string | undefined): Array<{ id: string; roleId?: string }> {
  const known = peers.get(world) ?? new Map<string, Array<{ id: string; roleId?: string }>>();
  if (!peers.has(world)) {
    peers.set(world, known);
    for (const { id, roleId, accountId: account } of world.people.values()) {
      if (account === undefined || roleId === undefined) continue;
      known.set(account, [...(known.get(account) ?? []), { id, roleId }]);
    }
  }
  return known.get(accountId ?? '') ?? [];
}

const RANKS = ['User', 'Manager', 'Executive'];

/** 0 for users and people without a portal role, up to 2 for executives. */
function rankOf({ world }: Context, roleId: string | undefined): number {
  return Math.max(0, RANKS.indexOf(world.roles.get(roleId ?? '')?.portalRole ?? 'User'));
}

/** External users who see each other and the people of the company (platform-facts A3). */
export function visibilityDrafts(ctx: Context): Draft[] {
  const { settings } = ctx.world.snapshot;
  const visible = [
    { key: 'siteUserVisibility', label: 'Community User Visibility', on: settings?.siteUserVisibility },
    { key: 'portalUserVisibility', label: 'Portal User Visibility', on: settings?.portalUserVisibility },
  ] as const;
  return visible
    .filter(({ on }) => on)
    .map(({ key, label }) =>
      standing({
        key: `visibility:${key}`,
        kind: 'visibility',
        object: 'User',
        label,
        target: 'All partners and customers',
        outside: key === 'siteUserVisibility' ? 'Users of the same site' : 'Users of the same portal account',
        access: 'Read',
        outsiders: ctx.world.outsiders.filter(({ kind }) => kind !== 'guest').map(({ index }) => index),
        records: undefined,
        anyReader: true,
        severity: 'medium',
        suggestion: { decision: 'convert', reason: 'Sharing rules for users can open exactly what partners need.' },
        steps: [`Open Setup, Sharing Settings, and clear ${label}.`],
      })
    );
}
