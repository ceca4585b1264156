/** Proof of the switch: the setting as the org has it now. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { section } from '../status/section.js';
import { isOn, readCommunities, type SettingChange } from './settings.js';
import { hasPartnerFields } from './snapshot.js';

export const proofSchema = z.object({
  /** Every setting that was to be on is on, read again from the org. */
  setting: z.boolean(),
  /** Account describes IsPartner; null where it could not be asked. Supporting evidence only (platform-facts A1). */
  partnerFields: z.boolean().nullable(),
});

export type Proof = z.infer<typeof proofSchema>;

/** Reads the settings again. @throws SettingsUnreadable */
export async function prove(conn: Connection, changes: readonly SettingChange[]): Promise<Proof> {
  const [settings, fields] = await Promise.all([readCommunities(conn), section(hasPartnerFields(conn))]);
  return {
    setting: isOn(settings, 'enableEnablePRM') && changes.every(({ setting }) => isOn(settings, setting)),
    partnerFields: fields.known ? fields.value : null,
  };
}
