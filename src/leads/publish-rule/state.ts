/** What the org has of a published rotation: its fields, the active rule, and which entries of it are ours. */
import type { Connection } from '@salesforce/core';
import { listMetadata, listOf, textOf, type MetadataBody } from '../../org/read/index.js';
import { readRulesWith, type RuleDefinition } from '../assign/rule-file.js';
import { NUMBER_FIELD, SLOT_PREFIX, slotField } from './fields.js';

export type PublishState = {
  /** The rule to publish into: the active one, or the one that holds our entries where none is active. */
  rule?: RuleDefinition;
  /** All rules of leads. */
  rules: RuleDefinition[];
  number?: MetadataBody;
  slot?: MetadataBody;
};

/** Whether an entry asks for the slot of a rotation. */
export const isOurs = (entry: MetadataBody, field: string): boolean =>
  listOf(entry, 'criteriaItems').some((item) => textOf(item, 'field')?.toLowerCase() === `lead.${field}`.toLowerCase());

/** Reads rules and fields. */
export async function readState(conn: Connection, key: string): Promise<PublishState> {
  const field = slotField(key);
  const CustomField = [NUMBER_FIELD, field].map((name) => `Lead.${name}`);
  const { rules, files } = await readRulesWith(conn, { CustomField });
  const fields = [...files.values()].flatMap((body) => listOf(body, 'fields'));
  const find = (wanted: string): MetadataBody | undefined =>
    fields.find((one) => textOf(one, 'fullName')?.toLowerCase() === wanted.toLowerCase());
  const [number, slot] = [find(NUMBER_FIELD), find(field)];
  const rule =
    rules.find(({ active }) => active) ?? rules.find(({ entries }) => entries.some(({ body }) => isOurs(body, field)));
  return { rules, ...(rule ? { rule } : {}), ...(number ? { number } : {}), ...(slot ? { slot } : {}) };
}

/** Slot fields of other rotations: while there is one, the number is needed. */
export async function otherSlots(conn: Connection, key: string): Promise<string[]> {
  const { CustomField: names = [] } = await listMetadata(conn, ['CustomField']);
  const own = `Lead.${slotField(key)}`.toLowerCase();
  return names.filter((name) => name.startsWith(`Lead.${SLOT_PREFIX}`) && name.toLowerCase() !== own);
}
