/** Queues with people from outside in them: members read what the queue owns (platform-facts F). */
import type { Group } from '../model.js';
import { ownedBy } from './counting.js';
import { edgesOf, keep, memberFix, suggestFor } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

export function queueDrafts(ctx: Context): Draft[] {
  const { groups, queueObjects } = ctx.world.snapshot;
  return groups
    .filter(({ id, type }) => type === 'Queue' && (queueObjects[id]?.length ?? 0) > 0)
    .flatMap((queue) =>
      ctx.graph
        .reachOfMembers(ctx.graph.ofId(queue.id))
        .map(({ member, reach }) => draftOf(ctx, queue, queueObjects[queue.id]!, member, reach))
    );
}

function draftOf(ctx: Context, queue: Group, objects: readonly string[], member: Node, reach: Reach): Draft {
  const { id, name, developerName } = queue;
  const readable = objects.filter((object) => ctx.audience.readersAmong(reach.outsiders, object).length > 0);
  const [object, ...rest] = readable.length > 0 ? readable : objects;
  const named = member.id === id;
  const counts = readable.map((one) => ownedBy(ctx, one, [id]));
  const edges = edgesOf(reach.chains.length > 0 ? reach.chains : reach.asleep, ctx.world);
  return {
    key: `queue:${developerName}/${named ? 'Users' : member.key}`,
    step: 3,
    kind: 'queue',
    object: object!,
    also: rest,
    source: { type: 'queue', name: developerName, label: `Queue ${name}` },
    target: named ? 'People from outside who are named in it' : member.label,
    targetKey: named ? 'Users' : member.key,
    access: 'Edit',
    reach,
    records: counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + count!, 0),
    severity: named ? 'low' : 'medium',
    suggestion: named
      ? keep('Partners take the leads of this queue; each was put into it by name.')
      : suggestFor(edges),
    ...memberFix('queue-member', edges),
  };
}
