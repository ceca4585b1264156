/** CommunitiesSettings of an org: read whole, changed in single places, never written in part (platform-facts A1). */
import type { Connection } from '@salesforce/core';
import { retrieve, textOf, type MetadataBody } from '../org/read/index.js';
import type { Deployment } from '../runs/index.js';

/** Switches of the settings file that this program turns on. */
export type PrmSwitch = 'enableNetworksEnabled' | 'enableEnablePRM';

/** The settings file as the org sent it. */
export type CommunitiesSettings = { body: MetadataBody };

/** A switch, what it was, and what it is to be. */
export type SettingChange = { setting: PrmSwitch; from: string; to: string };

/** Settings that could not be read, in the org's words. */
export class SettingsUnreadable extends Error {
  public constructor(detail: string) {
    super(detail);
    this.name = 'SettingsUnreadable';
  }
}

/** Reads the whole file. @throws SettingsUnreadable where the org does not return it */
export async function readCommunities(conn: Connection): Promise<CommunitiesSettings> {
  const { files, problems } = await retrieve(conn, { Settings: ['Communities'] });
  const file = files.find(({ type }) => type === 'CommunitiesSettings');
  if (file) return { body: file.body };
  throw new SettingsUnreadable(problems[0]?.message ?? 'The org returned no settings of digital experiences.');
}

/** Whether a switch is on. */
export const isOn = ({ body }: CommunitiesSettings, setting: PrmSwitch): boolean => textOf(body, setting) === 'true';

/** The changes that turn switches on; those that are on already are left out. */
export function changesFor(settings: CommunitiesSettings, wanted: readonly PrmSwitch[]): SettingChange[] {
  return wanted
    .filter((setting) => !isOn(settings, setting))
    .map((setting) => ({ setting, from: textOf(settings.body, setting) ?? 'false', to: 'true' }));
}

/** The deploy that makes the changes: the file as it was read, with only these switches set. */
export function deploymentFor({ body }: CommunitiesSettings, changes: readonly SettingChange[]): Deployment {
  const set = Object.fromEntries(changes.map(({ setting, to }) => [setting, to]));
  return {
    files: [{ path: 'settings/Communities.settings', root: 'CommunitiesSettings', body: { ...body, ...set } }],
    members: { Settings: ['Communities'] },
  };
}
