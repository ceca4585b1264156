/** What people from outside may read at all: profile and permission sets come before any sharing. */
import type { PermissionSource } from '../model.js';
import type { World } from './world.js';

type Right = 'read' | 'viewAll' | 'modifyAll';

/** How many of a set of outsiders there are, and how many of them are projected. */
export type Heads = { real: number; projected: number };

export class Audience {
  private readonly sources = new Map<string, PermissionSource>();
  /** Sources of each outsider, by place. */
  private readonly held: PermissionSource[][];
  private readonly cache = new Map<string, Uint8Array>();

  public constructor(private readonly world: World) {
    const { permissions, assignments } = world.snapshot;
    const ofProfile = new Map<string, PermissionSource>();
    for (const source of permissions) {
      this.sources.set(source.id, source);
      if (source.profile) ofProfile.set(source.profile.id, source);
    }
    const toBe = profilesToBe(world, permissions);
    this.held = world.outsiders.map(({ person, projected }) => {
      if (projected) return toBe;
      const own = ofProfile.get(person.profileId ?? '');
      return own ? [own] : [];
    });
    for (const { userId, sourceId } of assignments) {
      const index = world.outsiderOf.get(userId);
      const source = this.sources.get(sourceId);
      if (index !== undefined && source && !source.profile) this.held[index]!.push(source);
    }
  }

  /** Whether an outsider may read records of an object that are shared with him. */
  public canRead(index: number, object: string): boolean {
    return !this.world.snapshot.permissionsKnown || this.readers(object)[index] === 1;
  }

  /** Those of them who may read the object. */
  public readersAmong(outsiders: readonly number[], object: string): number[] {
    if (!this.world.snapshot.permissionsKnown) return [...outsiders];
    const readers = this.readers(object);
    return outsiders.filter((index) => readers[index] === 1);
  }

  /** Outsiders who hold a profile or permission set. */
  public holders({ id }: PermissionSource): number[] {
    return this.world.outsiders.flatMap(({ index }) => (this.held[index]!.some((one) => one.id === id) ? [index] : []));
  }

  public heads(outsiders: readonly number[]): Heads {
    const projected = outsiders.filter((index) => this.world.outsiders[index]!.projected).length;
    return { real: outsiders.length - projected, projected };
  }

  /** Objects that somebody from outside may read. */
  public objects(): string[] {
    const names = new Set<string>();
    for (const source of new Set(this.held.flat()))
      for (const [object, rights] of Object.entries(source.objects)) if (rights.read) names.add(object);
    return [...names].sort();
  }

  private readers(object: string): Uint8Array {
    const known = this.cache.get(object);
    if (known) return known;
    const readers = Uint8Array.from(this.held, (sources) =>
      sources.some((one) => allows(one, object, 'read')) ? 1 : 0
    );
    this.cache.set(object, readers);
    return readers;
  }
}

/** Whether a profile or permission set gives a right on an object. */
export function allows(source: PermissionSource, object: string, right: Right): boolean {
  const { read = false, viewAll = false, modifyAll = false } = source.objects[object] ?? {};
  const view = viewAll || modifyAll || source.viewAllData || source.modifyAllData;
  if (right === 'read') return read || view;
  return right === 'viewAll' ? view : modifyAll || source.modifyAllData;
}

/** What partners who are not there yet will hold: the profiles asked for, else those in use by partners, else all of them. */
function profilesToBe({ snapshot, request }: World, permissions: readonly PermissionSource[]): PermissionSource[] {
  const partner = permissions.filter(({ profile }) => profile?.userType === 'PowerPartner');
  if (request.profiles) return partner.filter(({ profile }) => request.profiles!.includes(profile!.name));
  const used = new Set(snapshot.people.filter(({ active }) => active).map(({ profileId }) => profileId));
  const inUse = partner.filter(({ profile }) => used.has(profile!.id));
  return inUse.length > 0 ? inUse : partner;
}
