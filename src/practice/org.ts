/** Puts the rooms of the practice org together. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openAccess } from './access/access.js';
import { createAssigner } from './assignment/assigner.js';
import { watchSetup } from './access/generation.js';
import { openPermissions } from './access/permissions.js';
import { buildCatalog } from './catalog/catalog.js';
import type { Catalog } from './catalog/types.js';
import { visibleCatalog } from './catalog/visible.js';
import type { Clock, PracticeOrg, Store, Variants } from './contracts.js';
import { openLimits } from './limits/limits.js';
import { openComponents } from './metadata/components.js';
import { openOutbox } from './outbox/outbox.js';
import { BackgroundWork } from './rules/background.js';
import { prepareTakenUsernames } from './rules/other-orgs.js';
import { OwnerDirectory } from './rules/owners.js';
import { openPreferences } from './rules/preferences.js';
import type { Assigner, SaveTools } from './save/context.js';
import { createNumbers } from './save/numbers.js';
import { RowLocks } from './save/row-locks.js';
import { createSaver } from './save/saver.js';
import { createWriteLog } from './save/write-log.js';
import { seedScenario, type Scenario } from './scenario/scenario.js';
import { prepareSiteJobs } from './sites/jobs.js';
import { openMailLinks } from './sites/links.js';
import { createQueryEngine } from './soql/engine.js';
import { openSharing } from './sharing/index.js';
import { openStore } from './store/store.js';
import { chooseVariants } from './variants.js';

export type OrgOptions = {
  /** Folder of the org; `org.db` in it is opened or made. */
  folder: string;
  clock?: Clock;
  variants?: Variants;
  /** What a new org holds: the example company with so many leads, 5,000 unless told, or nothing. */
  scenario?: Scenario;
  /** Waits for the disk at each commit, so that a power failure loses nothing. Killing the process never does. */
  syncWrites?: boolean;
};

/** The org with what only other rooms of the practice org use. */
export type OpenOrg = PracticeOrg & { setAssigner(assigner: Assigner): void };

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(Math.floor(Date.now() / 1000) * 1000),
  stamp: () => `${new Date().toISOString().slice(0, 19)}.000+0000`,
};

/** A clock that stands still at a time until it is moved, for tests. */
export const clockAt = (start: string | Date): Clock & { move(milliseconds: number): void } => {
  let time = Math.floor(new Date(start).getTime() / 1000) * 1000;
  return {
    now: () => new Date(time),
    stamp: () => new Date(time).toISOString().replace('Z', '+0000'),
    move: (milliseconds) => (time += milliseconds),
  };
};

const makeTools = (
  store: Store,
  whole: Catalog,
  clock: Clock,
  chosen: Variants | undefined
): { tools: SaveTools; background: BackgroundWork } => {
  createNumbers(store);
  createWriteLog(store);
  prepareTakenUsernames(store);
  prepareSiteJobs({ store });
  const preferences = openPreferences(store);
  const generation = watchSetup(store);
  const permissions = openPermissions(store, generation);
  const variants = chooseVariants(chosen);
  const components = openComponents(store);
  const tools: Omit<SaveTools, 'background' | 'sharing'> & Partial<Pick<SaveTools, 'background' | 'sharing'>> = {
    store,
    catalog: visibleCatalog(whole, store, preferences),
    clock,
    preferences,
    permissions,
    variants,
    outbox: openOutbox(store, clock, preferences),
    links: openMailLinks(store, clock),
    owners: new OwnerDirectory(store, permissions, variants, generation),
    components,
    assigner: createAssigner(store, components),
    locks: new RowLocks(),
    logWrites: false,
  };
  // Tools, background work and sharing know each other.
  const background = new BackgroundWork(() => tools as SaveTools);
  tools.background = background;
  tools.sharing = openSharing(tools as SaveTools);
  return { tools: tools as SaveTools, background };
};

const organizationId = (store: Store): string | undefined => {
  const row = store.sql('SELECT "Id" FROM "Organization" LIMIT 1').get();
  return row && String(row.Id);
};

/** Fills a new org. The log is folded into the file at once, or the first saves would pay for it. */
const seed = (tools: SaveTools, scenario: Scenario): void => {
  const { db } = tools.store;
  db.exec('PRAGMA temp_store = MEMORY');
  seedScenario(tools, scenario);
  db.exec('PRAGMA temp_store = DEFAULT; PRAGMA wal_checkpoint(TRUNCATE)');
};

/**
 * Opens the practice org in a folder. A new one is filled with the scenario, once.
 * @throws PlatformError where a variant is unknown.
 */
export const openPracticeOrg = (options: OrgOptions): OpenOrg => {
  mkdirSync(options.folder, { recursive: true });
  const whole = buildCatalog();
  const clock = options.clock ?? systemClock;
  const store = openStore(join(options.folder, 'org.db'), whole);
  // Checkpoints wait for the disk: fewer and larger ones make bulk saves a third quicker.
  store.db.exec('PRAGMA wal_autocheckpoint = 12000; PRAGMA cache_size = -64000');
  if (options.syncWrites) store.db.exec('PRAGMA synchronous = FULL');
  const { tools, background } = makeTools(store, whole, clock, options.variants);
  const { catalog } = tools;
  if (organizationId(store) === undefined) seed(tools, options.scenario ?? { leads: 5000 });
  background.wake();
  const id = organizationId(store)!;
  const limits = openLimits(store, clock);
  return {
    id,
    store,
    catalog,
    clock,
    limits,
    tools,
    queries: createQueryEngine({ store, catalog, clock, sharing: tools.sharing }),
    saver: createSaver(tools),
    outbox: tools.outbox,
    access: openAccess(id, store, clock, tools.permissions),
    variants: tools.variants,
    preferences: tools.preferences,
    sharing: tools.sharing,
    get logWrites() {
      return tools.logWrites;
    },
    set logWrites(on: boolean) {
      tools.logWrites = on;
    },
    settle: () => background.settle(),
    setAssigner: (assigner) => void (tools.assigner = assigner),
    close: () => {
      background.stop();
      limits.flush();
      store.close();
    },
  };
};
