/** History of leads: who had them and in which status they were, where the org tracks it. */
import type { Row } from '../contracts.js';
import { changed, type Draft, type Saving } from '../save/context.js';

/** Preference that a deploy of `enableHistory` sets; owner and status are the fields that are tracked then. */
export const LEAD_HISTORY = 'History.Lead';

type Change = { field: string; type: string; from: unknown; to: unknown };

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A change of the owner has two rows: one with names, one with ids. [D] */
const ofOwner = (draft: Draft, nameOf: (id: string) => string): Change[] => {
  if (!changed(draft, 'OwnerId')) return [];
  const [from, to] = [String(draft.before.OwnerId), String(draft.changes.OwnerId)];
  return [
    { field: 'Owner', type: 'Text', from: nameOf(from), to: nameOf(to) },
    { field: 'Owner', type: 'EntityId', from, to },
  ];
};

const ofStatus = (draft: Draft): Change[] =>
  changed(draft, 'Status')
    ? [{ field: 'Status', type: 'DynamicEnum', from: draft.before.Status, to: draft.changes.Status }]
    : [];

const names = (saving: Saving): ((id: string) => string) => {
  const known = new Map<string, string>();
  return (id) => {
    let name = known.get(id);
    if (name === undefined) {
      const table = id.startsWith('00G') ? 'Group' : 'User';
      name = String(saving.tools.store.sql(`SELECT "Name" FROM "${table}" WHERE "Id" = ?`).get(id)?.Name ?? '');
      known.set(id, name);
    }
    return name;
  };
};

/** Writes the history of leads that were updated. */
export const noteHistory = (drafts: Draft[], saving: Saving): void => {
  const { store, catalog, preferences } = saving.tools;
  if (!preferences.on(LEAD_HISTORY)) return;
  const def = catalog.require('LeadHistory');
  const nameOf = names(saving);
  for (const draft of drafts.filter(({ created }) => !created)) {
    for (const { field, type, from, to } of [...ofOwner(draft, nameOf), ...ofStatus(draft)]) {
      const row: Row = {
        Id: store.nextId(def.keyPrefix),
        IsDeleted: false,
        LeadId: draft.id,
        CreatedById: saving.userId,
        CreatedDate: saving.now,
        Field: field,
        DataType: type,
        OldValue: text(from),
        NewValue: text(to),
      };
      store.insert(def, row);
    }
  }
};
