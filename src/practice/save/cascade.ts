/** What goes to the recycle bin together with a record. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row } from '../contracts.js';
import { quoted } from '../store/identifiers.js';
import { isVirtual } from '../store/tables.js';
import type { Saving } from './context.js';

/** Standard children that follow their parent though the reference is an ordinary lookup. */
const FOLLOW: Readonly<Record<string, string[]>> = {
  Contact: ['AccountId'],
  Opportunity: ['AccountId'],
  Case: [],
  Task: ['WhoId', 'WhatId'],
  CampaignMember: ['CampaignId', 'LeadId', 'ContactId'],
  AccountShare: ['AccountId'],
  CampaignShare: ['CampaignId'],
  CaseShare: ['CaseId'],
  ContactShare: ['ContactId'],
  LeadShare: ['LeadId'],
  OpportunityShare: ['OpportunityId'],
  ObjectPermissions: ['ParentId'],
  FieldPermissions: ['ParentId'],
  SetupEntityAccess: ['ParentId'],
  PermissionSetAssignment: ['PermissionSetId'],
};

type Child = { def: ObjectDef; field: FieldDef };

const isChild = (parent: ObjectDef, def: ObjectDef, field: FieldDef): boolean =>
  field.type === 'reference' &&
  field.referenceTo.includes(parent.name) &&
  (field.cascadeDelete || (FOLLOW[def.name]?.includes(field.name) ?? false));

/** References through which records of an object take children along. */
export const childrenOf = (catalog: Catalog, parent: ObjectDef): Child[] => {
  const children: Child[] = [];
  for (const def of catalog.objects()) {
    if (isVirtual(def)) continue;
    for (const field of def.fields.values()) if (isChild(parent, def, field)) children.push({ def, field });
  }
  return children;
};

/** Rows of children that are live, or that went with the parent. */
const rowsOf = (saving: Saving, { def, field }: Child, id: string, deleted: boolean): string[] => {
  const bin = def.fields.has('isdeleted') ? ` AND "IsDeleted" = ${deleted ? 1 : 0}` : '';
  const sql = `SELECT "Id" FROM ${quoted(def.name)} WHERE ${quoted(field.name)} = ?${bin}`;
  return saving.tools.store
    .sql(sql)
    .all(id)
    .map((row) => String(row.Id));
};

/** Removes one row: into the recycle bin, or for good where the object has none. */
export const removeRow = (saving: Saving, def: ObjectDef, id: string): void => {
  const { store } = saving.tools;
  if (!def.fields.has('isdeleted')) store.sql(`DELETE FROM ${quoted(def.name)} WHERE "Id" = ?`).run(id);
  else setDeleted(saving, def, id, true);
};

/** Marks a row as deleted or not; the time of the change is how replication notices it. */
export const setDeleted = (saving: Saving, def: ObjectDef, id: string, deleted: boolean): void => {
  const changes: Row = { IsDeleted: deleted };
  if (def.fields.has('systemmodstamp')) changes.SystemModstamp = saving.now;
  saving.tools.store.update(def, id, changes);
};

/** Removes the children of a record, and theirs. */
export const removeChildren = (saving: Saving, parent: ObjectDef, id: string): void => {
  for (const child of childrenOf(saving.tools.catalog, parent)) {
    for (const childId of rowsOf(saving, child, id, false)) {
      removeChildren(saving, child.def, childId);
      removeRow(saving, child.def, childId);
    }
  }
};

/** Brings back the children that are in the recycle bin. */
export const restoreChildren = (saving: Saving, parent: ObjectDef, id: string): void => {
  for (const child of childrenOf(saving.tools.catalog, parent)) {
    if (!child.def.fields.has('isdeleted')) continue;
    for (const childId of rowsOf(saving, child, id, true)) {
      setDeleted(saving, child.def, childId, false);
      restoreChildren(saving, child.def, childId);
    }
  }
};
