/**
 * The catalogue as an org shows it: objects and fields of features that are off do not exist for anybody
 * (platform-facts A1, Addenda).
 */
import type { Preferences, Store } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { fieldMap } from './fields.js';
import type { Catalog, FieldDef, ObjectDef } from './types.js';

type Feature = 'networks' | 'partners' | 'sandboxes';

/** Objects that come with a feature. */
const OBJECTS: Readonly<Record<string, Feature>> = {
  NavigationLinkSet: 'networks',
  NavigationMenuItem: 'networks',
  Network: 'networks',
  NetworkMember: 'networks',
  NetworkMemberGroup: 'networks',
  SandboxProcess: 'sandboxes',
};

/** Fields that come with a feature, by object. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Feature>>>> = {
  Account: { IsPartner: 'partners' },
  Lead: { PartnerAccountId: 'partners' },
  Opportunity: { PartnerAccountId: 'partners' },
};

/** Keys of partner licences (platform-facts C4). */
const PARTNER_LICENCES = `SELECT 1 FROM "UserLicense" WHERE "LicenseDefinitionKey" LIKE 'PID_Partner%'
  OR "LicenseDefinitionKey" IN ('PID_STRATEGIC_PRM', 'POWER_PRM') LIMIT 1`;

const IS_SANDBOX = 'SELECT "IsSandbox" AS sandbox FROM "Organization" LIMIT 1';

/** Whether a feature is there. */
const features = (store: Store, preferences: Preferences): Record<Feature, () => boolean> => {
  const networks = (): boolean => preferences.on('Communities.enableNetworksEnabled');
  return {
    networks,
    // A1: with partner relationship management, or with Digital Experiences and partner licences.
    partners: () =>
      preferences.on('Communities.enableEnablePRM') || (networks() && store.sql(PARTNER_LICENCES).get() !== undefined),
    // Sandboxes are listed where they are made: not in a sandbox.
    sandboxes: () => store.sql(IS_SANDBOX).get()?.sandbox === 0,
  };
};

const without = (def: ObjectDef, hidden: readonly string[]): ObjectDef => ({
  ...def,
  fields: fieldMap([...def.fields.values()].filter(({ name }) => !hidden.includes(name))),
});

class VisibleCatalog implements Catalog {
  /** Definitions without their hidden fields, by the whole ones, so that a definition is the same object each time. */
  private readonly narrowed = new WeakMap<ObjectDef, ObjectDef>();
  private readonly has: Record<Feature, () => boolean>;

  public constructor(
    private readonly whole: Catalog,
    store: Store,
    preferences: Preferences
  ) {
    this.has = features(store, preferences);
  }

  public object(name: string): ObjectDef | undefined {
    return this.show(this.whole.object(name));
  }

  public require(name: string): ObjectDef {
    const def = this.object(name);
    if (!def) throw new PlatformError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
    return def;
  }

  public *objects(): Iterable<ObjectDef> {
    for (const def of this.whole.objects()) {
      const shown = this.show(def);
      if (shown) yield shown;
    }
  }

  public byPrefix(prefix: string): ObjectDef | undefined {
    return this.show(this.whole.byPrefix(prefix));
  }

  /** What is hidden of an object stays a part of it. */
  public add(def: ObjectDef): void {
    const before = this.whole.object(def.name);
    const hidden = Object.keys(FIELDS[def.name] ?? {})
      .map((name) => before?.fields.get(name.toLowerCase()))
      .filter((field): field is FieldDef => field !== undefined && !def.fields.has(field.name.toLowerCase()));
    this.whole.add(hidden.length > 0 ? { ...def, fields: fieldMap([...def.fields.values(), ...hidden]) } : def);
  }

  public remove(name: string): void {
    this.whole.remove(name);
  }

  public watch(listener: Parameters<Catalog['watch']>[0]): void {
    this.whole.watch(listener);
  }

  private show(def: ObjectDef | undefined): ObjectDef | undefined {
    if (!def) return undefined;
    const feature = OBJECTS[def.name];
    if (feature && !this.has[feature]()) return undefined;
    const fields = Object.entries(FIELDS[def.name] ?? {});
    if (fields.length === 0 || fields.every(([, needed]) => this.has[needed]())) return def;
    let shown = this.narrowed.get(def);
    if (!shown)
      this.narrowed.set(
        def,
        (shown = without(
          def,
          fields.map(([name]) => name)
        ))
      );
    return shown;
  }
}

/** The catalogue of an org with these preferences; it follows them. */
export const visibleCatalog = (whole: Catalog, store: Store, preferences: Preferences): Catalog =>
  new VisibleCatalog(whole, store, preferences);
