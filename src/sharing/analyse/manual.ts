/** Shares of single records: by hand, by a program, and teams (platform-facts B6). */
import type { ManualShare, TeamMember } from '../model.js';
import { byHand, DECIDE } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

const LEVELS = ['Read', 'Edit', 'All'];

type Gathered = { object: string; cause: string; node: Node; named: boolean; shares: ManualShare[] };

export function manualDrafts(ctx: Context): Draft[] {
  const gathered = new Map<string, Gathered>();
  for (const share of ctx.world.snapshot.manualShares) {
    const node = ctx.graph.ofId(share.targetId);
    const named = node.kind === 'User';
    const by = share.cause === 'Manual' ? '' : `${share.cause}/`;
    // Users differ from org to org, so those who are named are one finding.
    const key = `manual:${share.object}/${by}${named ? 'Users' : node.key}`;
    const one = gathered.get(key) ?? { object: share.object, cause: share.cause, node, named, shares: [] };
    if (!named || leads(ctx.graph.reach(node))) one.shares.push(share);
    if (one.shares.length > 0) gathered.set(key, one);
  }
  return [...gathered].map(([key, one]) => draftOf(ctx, key, one));
}

const leads = ({ chains, asleep }: Reach): boolean => chains.length + asleep.length > 0;

function draftOf(ctx: Context, key: string, { object, cause, node, named, shares }: Gathered): Draft {
  const how = cause === 'Manual' ? 'Manual shares' : `Shares of the cause ${cause}`;
  const target = named ? 'People from outside who are named' : node.label;
  return {
    key,
    step: 3,
    kind: 'manual',
    object,
    source: { type: 'manual shares', name: `${object}/${cause}`, label: `${how} of ${object}` },
    target,
    targetKey: named ? 'Users' : node.key,
    access: LEVELS[Math.max(...shares.map(({ access }) => LEVELS.indexOf(access)))] ?? 'Read',
    reach: named ? ofUsers(ctx, shares) : ctx.graph.reach(node),
    also: opens(object, shares),
    records: shares.reduce((sum, { records }) => sum + records, 0),
    severity: 'high',
    suggestion: DECIDE,
    ...byHand(
      `Open the records of ${object} that are shared with ${target}, choose Sharing, and remove the share.`,
      'Shares with Roles, Internal and Portal Subordinates can be made again for Roles and Internal Subordinates.'
    ),
  };
}

/** What shares open beside the object: what belongs to an account, and the account of what has one. */
function opens(object: string, shares: readonly ManualShare[]): string[] {
  if (object === 'Account') return [...new Set(shares.flatMap((share) => share.opens ?? []))];
  return ['Contact', 'Opportunity', 'Case'].includes(object) ? ['Account'] : [];
}

function ofUsers({ graph }: Context, shares: ReadonlyArray<{ targetId: string }>): Reach {
  const reaches = shares.map(({ targetId }) => graph.reach(graph.ofId(targetId)));
  return {
    chains: [{ nodes: [], outside: 'People from outside who are named', named: ['*'] }],
    asleep: [],
    outsiders: [...new Set(reaches.flatMap(({ outsiders }) => outsiders))],
    unknown: [],
  };
}

/** Team members from outside, one finding an object. */
export function teamDrafts(ctx: Context): Draft[] {
  const byObject = new Map<string, TeamMember[]>();
  for (const member of ctx.world.snapshot.teams) {
    if (!ctx.world.outsiderOf.has(member.userId)) continue;
    byObject.set(member.object, [...(byObject.get(member.object) ?? []), member]);
  }
  return [...byObject].map(([object, members]) => ({
    key: `team:${object}`,
    step: 3,
    kind: 'team',
    object,
    source: { type: 'team', name: object, label: `Teams of ${object}` },
    target: 'Team members from outside',
    targetKey: 'Users',
    access: 'As set in the team',
    reach: ofUsers(
      ctx,
      members.map(({ userId }) => ({ targetId: userId }))
    ),
    also: object === 'Account' ? [] : ['Account'],
    records: members.reduce((sum, { records }) => sum + records, 0),
    severity: 'medium',
    suggestion: DECIDE,
    ...byHand(`Open the records of ${object} with team members from outside and take them out of the team.`),
  }));
}
