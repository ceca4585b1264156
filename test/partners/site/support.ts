/** A site that is Live and welcomes its members, and what is about it. */
import type { Group, Parent, SiteFacts } from '../../../src/partners/site/index.js';

export const SITE: SiteFacts = {
  id: '0DB000000000001AAA',
  name: 'Central',
  status: 'Live',
  firstActivation: '2025-01-01',
  sendsWelcome: true,
};

export const site = (changes: Partial<SiteFacts> = {}): SiteFacts => ({ ...SITE, ...changes });

/** A site that nobody has seen yet. */
export const preview = (changes: Partial<SiteFacts> = {}): SiteFacts =>
  site({ status: 'UnderConstruction', firstActivation: null, ...changes });

export const group = (parent: string, status = 'Added'): Group => ({ parent, status });

export const profile = (id: string, name = id): Parent => ({ id, kind: 'profile', name, fullName: name });

export const permissionSet = (id: string, name = id): Parent => ({ id, kind: 'permission-set', name, fullName: name });

/** `P: a b` covers two users. */
export const covered = (...lines: string[]): Map<string, Set<string>> =>
  new Map(
    lines.map((line) => {
      const [parent = '', users = ''] = line.split(': ');
      return [parent, new Set(users.split(' ').filter(Boolean))];
    })
  );
