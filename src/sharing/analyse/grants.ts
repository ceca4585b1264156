/** Sharing sets and account relationship rules: made for people from outside, so listed with what they give. */
import { byHand, DECIDE } from './fixes.js';
import type { Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

export function sharingSetDrafts(ctx: Context): Draft[] {
  const profileIds = new Map(
    ctx.world.snapshot.permissions.flatMap(({ profile }) => (profile ? [[profile.name, profile.id]] : []))
  );
  return ctx.world.snapshot.sharingSets.flatMap((set) => {
    const ids = new Set(set.profiles.flatMap((name) => profileIds.get(name) ?? []));
    const outsiders = ctx.world.outsiders
      .filter(({ person }) => ids.has(person.profileId ?? ''))
      .map(({ index }) => index);
    return set.mappings.map(({ object, access, field }) => ({
      key: `sharingset:${set.name}/${object}`,
      step: 3,
      kind: 'sharing-set',
      object,
      source: { type: 'sharing set', name: set.name, label: `Sharing set ${set.label || set.name} on ${object}` },
      target: `Users of ${set.profiles.join(', ')}`,
      targetKey: [...set.profiles].sort().join(', '),
      access,
      reach: given(outsiders, `Users whose own record is in ${field}`),
      severity: 'medium',
      suggestion: DECIDE,
      ...byHand(
        `Open Setup, Digital Experiences, Settings, the sharing set ${set.label || set.name}, and remove ${object}.`
      ),
    }));
  });
}

export function relationshipDrafts(ctx: Context): Draft[] {
  const { snapshot } = ctx.world;
  if (!snapshot.settings?.accountRelationships) return [];
  const partners = ctx.world.outsiders.filter(({ kind }) => kind === 'partner').map(({ index }) => index);
  return snapshot.relationshipRules.map(({ name, label, object, access, type }) => ({
    key: `relationship:${name}`,
    step: 3,
    kind: 'relationship',
    object,
    source: { type: 'account relationship rule', name, label: `Account relationship rule ${label || name}` },
    target: `Partners with an account relationship of the type ${type}`,
    targetKey: type,
    access,
    reach: given(partners, 'Users of the related account'),
    severity: 'medium',
    suggestion: DECIDE,
    ...byHand(`Open Setup, Account Relationship Data Sharing Rules, ${label || name}, and change or delete it.`),
  }));
}

function given(outsiders: number[], outside: string): Reach {
  const chain = { nodes: [], outside, named: [] };
  return { chains: [chain], asleep: [], outsiders, unknown: [] };
}

/** Users of an account see what belongs to the accounts below it; which accounts these are is not read. */
export function accountHierarchyDrafts(ctx: Context): Draft[] {
  if (!ctx.world.snapshot.settings?.externalAccountHierarchy) return [];
  const reach = given([], 'Users of the account above');
  return [
    {
      key: 'relationship:ExternalAccountHierarchy',
      step: 3,
      kind: 'relationship',
      object: 'Account',
      source: { type: 'setting', name: 'ExternalAccountHierarchy', label: 'External account hierarchy' },
      target: 'Users of accounts above others',
      targetKey: 'ExternalAccountHierarchy',
      access: 'As below',
      reach: { ...reach, unknown: ['which accounts are above others was not read'] },
      severity: 'medium',
      suggestion: DECIDE,
      ...byHand('Open the tab External Account Hierarchies and look which accounts are above others.'),
    },
  ];
}
