/** Profiles and permission sets that see past sharing: View All, Modify All, and the same for all data. */
import type { PermissionSource } from '../model.js';
import { foreign, total } from './counting.js';
import { byHand, DECIDE } from './fixes.js';
import { allows } from './audience.js';
import type { Context, Draft } from './settle.js';
import type { Reach } from './graph.js';
import { outsideKind } from '../model.js';

export function permissionDrafts(ctx: Context): Draft[] {
  return ctx.world.snapshot.permissions.flatMap((source) => {
    const holders = ctx.audience.holders(source);
    const outside = source.profile !== undefined && outsideKind(source.profile.userType) !== undefined;
    if (holders.length === 0 && !outside) return [];
    if (source.viewAllData || source.modifyAllData) return [draftOf(ctx, source, '*', holders)];
    const objects = Object.keys(source.objects)
      .filter((object) => allows(source, object, 'viewAll'))
      .sort();
    return objects.map((object) => draftOf(ctx, source, object, holders));
  });
}

function draftOf(ctx: Context, source: PermissionSource, object: string, holders: number[]): Draft {
  const type = source.profile ? 'Profile' : 'PermissionSet';
  const name = source.profile?.name ?? source.name;
  const right = (object === '*' ? source.modifyAllData : source.objects[object]!.modifyAll) ? 'Modify All' : 'View All';
  const what = object === '*' ? `${right} Data` : `${right} on ${object}`;
  const label = `${source.profile ? 'Profile' : 'Permission set'} ${source.profile?.name ?? source.label}`;
  return {
    key: `permission:${type}:${name}/${object}`,
    step: 3,
    kind: 'permission',
    object,
    also: object === '*' ? ctx.audience.objects() : [],
    source: { type: type === 'Profile' ? 'profile' : 'permission set', name, label },
    target: 'People from outside who hold it',
    targetKey: `${type}:${name}`,
    access: right,
    reach: held(holders, what),
    records: recordsOf(ctx, object, holders),
    severity: 'high',
    suggestion: DECIDE,
    ...byHand(`Open Setup, ${source.profile ? 'Profiles' : 'Permission Sets'}, ${name}, and clear "${what}".`),
  };
}

function held(outsiders: number[], what: string): Reach {
  const chain = { nodes: [], outside: `People from outside who hold ${what}`, named: [] };
  return {
    chains: outsiders.length > 0 ? [chain] : [],
    asleep: outsiders.length > 0 ? [] : [chain],
    outsiders,
    unknown: [],
  };
}

function recordsOf(ctx: Context, object: string, holders: number[]): number | undefined {
  if (object !== '*') return foreign(ctx, object, 'all', holders, total(ctx, object));
  const totals = ctx.audience
    .objects()
    .map((one) => total(ctx, one))
    .filter((one) => one !== undefined);
  return totals.length > 0 ? totals.reduce((sum, one) => sum + one, 0) : undefined;
}
