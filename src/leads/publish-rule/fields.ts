/** The fields that number leads: one auto-number for all rotations, and for each rotation a formula with its slot. */
import type { MetadataBody } from '../../org/read/index.js';

/** Auto-number of leads. */
export const NUMBER_FIELD = 'Channel_Lead_Number__c';

/** Prefix of the formula fields. */
export const SLOT_PREFIX = 'Slot_';

/** Longest API name of a field, without `__c`. */
const NAME_LENGTH = 40;
const LABEL_LENGTH = 40;

/** API name of the field with the slot of a rotation. */
export function slotField(key: string): string {
  const plain = key.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return `${SLOT_PREFIX}${plain.slice(0, NAME_LENGTH - SLOT_PREFIX.length).replace(/_+$/, '')}__c`;
}

/** Keys and names of rotations are texts of people, and no part of the names that the field must have. */
const made = (key: string): string => `of the rotation ${key}, made by sf channel rotation publish-rule`;

/** Whether a slot field is that of another rotation. */
export const isOfAnother = (field: MetadataBody, key: string): boolean =>
  typeof field.description !== 'string' || !field.description.toLowerCase().includes(made(key).toLowerCase());

export const numberBody = (numberExisting: boolean): MetadataBody => ({
  fullName: NUMBER_FIELD,
  description: 'Counts leads for rotations that assignment rules carry out. Made by sf channel rotation publish-rule.',
  displayFormat: '{0}',
  label: 'Channel Lead Number',
  ...(numberExisting ? { populateExistingRows: 'true' } : {}),
  startingNumber: '1',
  type: 'AutoNumber',
});

export const slotFormula = (slots: number): string => `MOD(VALUE(${NUMBER_FIELD}), ${slots}) + 1`;

export const slotBody = (key: string, slots: number): MetadataBody => ({
  fullName: slotField(key),
  description: `Slot ${made(key)}.`,
  formula: slotFormula(slots),
  // A lead without a number has no slot: as a zero it would have slot 1.
  formulaTreatBlanksAs: 'BlankAsBlank',
  label: `Slot of ${key}`.slice(0, LABEL_LENGTH),
  precision: '18',
  scale: '0',
  type: 'Number',
});
