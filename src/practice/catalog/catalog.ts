/** The object catalogue: what exists in the practice org, and what its fields are. */
import { PlatformError } from '../errors.js';
import { standardObjects } from './standard.js';
import type { Catalog, CatalogChange, ObjectDef } from './types.js';

class ObjectCatalog implements Catalog {
  private readonly byName = new Map<string, ObjectDef>();
  private readonly prefixes = new Map<string, ObjectDef>();
  private readonly listeners: Array<(change: CatalogChange) => void> = [];

  public constructor(defs: Iterable<ObjectDef>) {
    for (const def of defs) this.keep(def);
  }

  public object(name: string): ObjectDef | undefined {
    return this.byName.get(name.toLowerCase());
  }

  public require(name: string): ObjectDef {
    const def = this.object(name);
    if (!def) throw new PlatformError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
    return def;
  }

  public objects(): Iterable<ObjectDef> {
    return this.byName.values();
  }

  public byPrefix(prefix: string): ObjectDef | undefined {
    return this.prefixes.get(prefix);
  }

  public add(def: ObjectDef): void {
    const previous = this.object(def.name);
    this.keep(def);
    this.tell(previous ? { def, previous } : { def });
  }

  public remove(name: string): void {
    const previous = this.object(name);
    if (!previous) return;
    this.byName.delete(name.toLowerCase());
    this.prefixes.delete(previous.keyPrefix);
    this.tell({ previous });
  }

  public watch(listener: (change: CatalogChange) => void): void {
    this.listeners.push(listener);
  }

  private keep(def: ObjectDef): void {
    this.byName.set(def.name.toLowerCase(), def);
    if (def.keyPrefix) this.prefixes.set(def.keyPrefix, def);
  }

  private tell(change: CatalogChange): void {
    for (const listener of this.listeners) listener(change);
  }
}

/** A fresh catalogue of the standard objects. Deployed objects are added by the store and by metadata deploys. */
export const buildCatalog = (): Catalog => new ObjectCatalog(standardObjects());
