/** Questions that a deploy answers which the org only checks (checkOnly). */
import type { Connection } from '@salesforce/core';
import { isOn, listMetadata, listOf, retrieveMetadata, textOf, type MetadataBody } from '../../org/read/index.js';
import { validateDeployment, type Deployment, type DeployFile } from '../../runs/index.js';
import { notAsked, type Answer, type Probe, type ProbeContext } from '../types.js';

/** Name of what the probes pretend to deploy. Nothing of it ever exists. */
const NAME = 'Channel_Desk_Doctor';

type Said = Pick<Answer, 'answer' | 'evidence'>;

/** What the org says to a deploy: `accepted`, or `refused` with its words. */
async function said(conn: Connection, deployment: Deployment, version?: string): Promise<Said> {
  const { accepted, problems, errorMessage } = await validateDeployment(conn, deployment, version);
  if (accepted) return { answer: 'accepted', evidence: 'A checked deploy succeeded.' };
  return { answer: 'refused', evidence: problems[0]?.problem ?? errorMessage ?? 'The deploy failed without a word.' };
}

const one = (type: string, fullName: string, file: DeployFile): Deployment => ({
  files: [file],
  members: { [type]: [fullName] },
});

const communities = (body: MetadataBody): Deployment =>
  one('Settings', 'Communities', { path: 'settings/Communities.settings', root: 'CommunitiesSettings', body });

const unreadable = (): Said => notAsked('The settings of digital experiences could not be read.');

const prmSwitchBack: Probe = {
  question: 'prmSwitchBack',
  fact: 'A1',
  async ask({ conn, settings }) {
    if (!settings) return unreadable();
    if (!isOn(settings.body, 'enableEnablePRM')) return notAsked('PRM is off here, so nothing could be turned back.');
    return said(conn, communities({ ...settings.body, enableEnablePRM: 'false' }));
  },
};

const prmWithoutNetworks: Probe = {
  question: 'prmWithoutNetworks',
  fact: 'A1',
  async ask({ conn, settings }) {
    if (!settings) return unreadable();
    if (isOn(settings.body, 'enableNetworksEnabled')) return notAsked('Digital Experiences are on here.');
    return said(conn, communities({ ...settings.body, enableEnablePRM: 'true' }));
  },
};

const partialSettings: Probe = {
  question: 'partialSettingsFile',
  fact: 'A1',
  async ask({ conn, settings }) {
    if (!settings) return unreadable();
    return said(conn, communities({ enableEnablePRM: textOf(settings.body, 'enableEnablePRM') ?? 'false' }));
  },
};

const documentFolderInternal: Probe = {
  question: 'documentFolderInternal',
  fact: 'B5',
  ask: ({ conn }) =>
    said(
      conn,
      one('Document', NAME, {
        path: `documents/${NAME}-meta.xml`,
        root: 'DocumentFolder',
        body: { accessType: 'PublicInternal', name: 'Channel Desk doctor', publicFolderAccess: 'ReadOnly' },
      })
    ),
};

/** The version from which a queue must say whether it includes bosses (platform-facts, fact 11). */
const BOSSES_VERSION = '67.0';

const queueWithoutBosses: Probe = {
  question: 'queueWithoutBosses',
  fact: 'F',
  ask: ({ conn }) =>
    said(
      conn,
      one('Queue', NAME, {
        path: `queues/${NAME}.queue`,
        root: 'Queue',
        body: { name: 'Channel Desk doctor', doesSendEmailToMembers: 'false', queueSobject: { sobjectType: 'Lead' } },
      }),
      BOSSES_VERSION
    ),
};

const accountSettingsRequired: Probe = {
  question: 'accountRuleWithoutSettings',
  fact: 'B4',
  ask: ({ conn }) =>
    said(
      conn,
      one('SharingOwnerRule', `Account.${NAME}`, {
        path: 'sharingRules/Account.sharingRules',
        root: 'SharingRules',
        body: {
          sharingOwnerRules: {
            fullName: NAME,
            accessLevel: 'Read',
            label: 'Channel Desk doctor',
            sharedTo: { allInternalUsers: '' },
            sharedFrom: { allInternalUsers: '' },
          },
        },
      })
    ),
};

const sharedToImmutable: Probe = {
  question: 'changedSharedTo',
  fact: 'B4',
  async ask(context) {
    const found = await anOwnerRule(context);
    if (!found) return notAsked('There is no owner-based sharing rule on leads to ask about.');
    const body = { sharingOwnerRules: { ...found, sharedTo: { allInternalUsers: '' } } };
    const name = `Lead.${textOf(found, 'fullName') ?? ''}`;
    const file = { path: 'sharingRules/Lead.sharingRules', root: 'SharingRules', body };
    return said(context.conn, one('SharingOwnerRule', name, file));
  },
};

async function anOwnerRule({ conn }: ProbeContext): Promise<MetadataBody | undefined> {
  const { SharingOwnerRule: names = [] } = await listMetadata(conn, ['SharingOwnerRule']);
  if (!names.some((name) => name.startsWith('Lead.'))) return undefined;
  const files = await retrieveMetadata(conn, { SharingRules: ['Lead'] });
  const rules = listOf(files.find(({ type }) => type === 'SharingRules')?.body, 'sharingOwnerRules');
  return rules.find((rule) => listOf(rule, 'sharedTo').every((to) => !('allInternalUsers' in to)));
}

export const deployProbes: readonly Probe[] = [
  prmSwitchBack,
  prmWithoutNetworks,
  partialSettings,
  documentFolderInternal,
  queueWithoutBosses,
  accountSettingsRequired,
  sharedToImmutable,
];
