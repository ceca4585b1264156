/** Org preferences that rules depend on, such as those of CommunitiesSettings (platform-facts A1). Kept in the file. */
import type { Preferences, Store } from '../contracts.js';

/** What an org has that nobody changed: Digital Experiences and its flags are off. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'Communities.enableNetworksEnabled': 'false',
  'Communities.enableEnablePRM': 'false',
  'Communities.enableOotbProfExtUserOpsEnable': 'false',
  // Set by hand in Setup, no metadata field (A1); lasts for accounts enabled while it holds.
  'Partner.rolesPerAccount': '1',
  // New sandboxes only send system mail (fact 6).
  'Email.deliverability': 'system',
};

/** Opens the preferences of an org; they live in `practice_preference`. */
export const openPreferences = (store: Store): Preferences => {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS practice_preference (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID'
  );
  const get = (name: string): string | undefined => {
    const row = store.sql('SELECT value FROM practice_preference WHERE name = ?').get(name);
    return row ? String(row.value) : DEFAULTS[name];
  };
  return {
    get,
    on: (name) => get(name) === 'true',
    set: (name, value) => {
      store
        .sql(
          'INSERT INTO practice_preference (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
        )
        .run(name, String(value));
    },
  };
};
