/** Sites: one Live, one in preview, one down for maintenance, and who is a member (platform-facts E). */
import type { Row } from '../contracts.js';
import type { Seed } from './seed.js';

const PURPOSES = { Welcome: 'welcome', ForgotPassword: 'forgot_password', ChangePassword: 'change_password' };

/** The templates of a site's mails, by the field that names them. */
const addTemplates = (seed: Seed, site: string, prefix: string): Row =>
  Object.fromEntries(
    Object.entries(PURPOSES).map(([field, purpose]) => [
      `${field}EmailTemplateId`,
      seed.add('EmailTemplate', {
        Name: `${site} ${purpose.replace('_', ' ')}`,
        DeveloperName: `Site_${purpose}_${prefix}`,
        FolderId: null,
        TemplateType: 'text',
        TemplateStyle: 'none',
        IsActive: true,
        Subject: site,
      }),
    ])
  );

const addNetwork = (seed: Seed, values: Row): string =>
  seed.add(
    'Network',
    {
      EmailSenderName: 'Example Lighting Group',
      EmailSenderAddress: 'channel@example.com',
      OptionsSiteAsContainerEnabled: true,
      ...addTemplates(seed, String(values.Name), String(values.UrlPathPrefix)),
      ...values,
    },
    700
  );

const addMembers = (seed: Seed, networkId: string, parentId: string): void => {
  const users = seed.tools.store.sql('SELECT "Id" FROM "User" WHERE "ProfileId" = ? ORDER BY "Id"').all(parentId);
  for (const user of users) seed.add('NetworkMember', { NetworkId: networkId, MemberId: String(user.Id) }, 690);
};

/** Adds the sites with their member profiles: three added, one that has been waiting. */
export const seedSites = (seed: Seed, profiles: Map<string, string>): void => {
  const live = addNetwork(seed, {
    Name: 'Example Partner Central',
    UrlPathPrefix: 'partners',
    Status: 'Live',
    FirstActivationDate: '2024-10-15',
    OptionsSendWelcomeEmail: true,
  });
  addNetwork(seed, { Name: 'Example Training Preview', UrlPathPrefix: 'training', Status: 'UnderConstruction' });
  for (const name of ['Example Partner', 'Example Partner Login', 'System Administrator']) {
    const ParentId = profiles.get(name)!;
    seed.add('NetworkMemberGroup', { NetworkId: live, ParentId, AssignmentStatus: 'Added' }, 690);
    addMembers(seed, live, ParentId);
  }
  const waiting = profiles.get('Partner Community Login User')!;
  seed.add('NetworkMemberGroup', { NetworkId: live, ParentId: waiting, AssignmentStatus: 'WaitingForAdd' }, 1);
};

/** Adds a site that is down for maintenance, with those who have a profile as its members. */
export const seedOfflineSite = (seed: Seed, ParentId: string): void => {
  const NetworkId = addNetwork(seed, {
    Name: 'Example Partner Events',
    UrlPathPrefix: 'events',
    Status: 'DownForMaintenance',
    FirstActivationDate: '2025-02-03',
    OptionsSendWelcomeEmail: true,
  });
  seed.add('NetworkMemberGroup', { NetworkId, ParentId, AssignmentStatus: 'Added' }, 300);
  addMembers(seed, NetworkId, ParentId);
};
