/** Org-wide defaults that let everybody from outside read (platform-facts A4). */
import { foreign, total } from './counting.js';
import { CONVERT } from './fixes.js';
import type { Context, Draft } from './settle.js';

/** Models under which sharing decides record by record. */
const CLOSED = new Set(['', 'Private', 'ControlledByParent', 'ControlledByLeadOrContact', 'ControlledByCampaign']);

export function defaultDrafts(ctx: Context): Draft[] {
  const node = ctx.graph.ofName('Everyone', '');
  const { defaults, settings } = ctx.world.snapshot;
  const apart = settings?.externalSharingModel ?? true;
  return defaults
    .map((one) => ({ ...one, external: apart ? one.external : one.internal }))
    .filter(({ external }) => !CLOSED.has(external))
    .map(({ object, label, internal, external }) => {
      const reach = ctx.graph.reach(node);
      const readers = ctx.audience.readersAmong(reach.outsiders, object);
      const first = apart ? '' : 'Turn on the external sharing model in Setup, Sharing Settings. Then: ';
      const text = `${first}Set the external org-wide default of ${object} to Private.`;
      return {
        key: `default:${object}`,
        step: 3,
        kind: 'default',
        object,
        source: {
          type: 'org-wide default',
          name: object,
          label: `External org-wide default of ${label || object}: ${external}`,
        },
        target: node.label,
        targetKey: node.key,
        access: external,
        reach,
        records: foreign(ctx, object, 'all', readers, total(ctx, object)),
        severity: 'high',
        suggestion: CONVERT,
        fix: { kind: 'external-default', text, object, internal, external: 'Private' },
        fixKey: 'external-default Private',
      };
    });
}
