/** Sites: one Live, one in preview, and who is a member (platform-facts E). */
import type { Row } from '../contracts.js';
import type { Seed } from './seed.js';

const addNetwork = (seed: Seed, values: Row): string => {
  const template = seed.add('EmailTemplate', {
    Name: `${String(values.Name)} mail`,
    DeveloperName: `Site_mail_${String(values.UrlPathPrefix)}`,
    FolderId: null,
    TemplateType: 'text',
    TemplateStyle: 'none',
    IsActive: true,
    Subject: 'Welcome',
  });
  return seed.add(
    'Network',
    {
      EmailSenderName: 'Example Lighting Group',
      EmailSenderAddress: 'channel@example.com',
      WelcomeEmailTemplateId: template,
      ChangePasswordEmailTemplateId: template,
      ForgotPasswordEmailTemplateId: template,
      OptionsSiteAsContainerEnabled: true,
      ...values,
    },
    700
  );
};

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
