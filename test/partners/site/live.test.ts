/** The file of a site as it is sent back: nothing but the status moves, and no member is lost. */
import { expect } from 'chai';
import { deploymentFor, memberChanges, statusBack, type SiteFile } from '../../../src/partners/site/index.js';
import { group, permissionSet, preview, profile, site } from './support.js';

const file = (networkMemberGroups?: object): SiteFile => ({
  fullName: 'Central',
  path: 'networks/Central.network',
  body: {
    allowMembersToFlag: 'false',
    emailSenderAddress: 'channel@example.com',
    ...(networkMemberGroups ? { networkMemberGroups: networkMemberGroups as SiteFile['body'] } : {}),
    sendWelcomeEmail: 'true',
    status: 'UnderConstruction',
  },
});

describe('the file that makes a site Live', () => {
  it('changes the status and sends the rest back as it was read', () => {
    const { files, members } = deploymentFor(file(), 'Live', []);
    expect(members).to.deep.equal({ Network: ['Central'] });
    expect(files).to.deep.equal([
      { path: 'networks/Central.network', root: 'Network', body: { ...file().body, status: 'Live' } },
    ]);
  });

  const membersOf = (groups: object | undefined, ...added: Parameters<typeof deploymentFor>[2]): unknown =>
    deploymentFor(file(groups), 'Live', added).files[0]!.body.networkMemberGroups;

  it('keeps the members and adds those of the plan', () => {
    expect(membersOf({ profile: 'Admin', permissionSet: ['A', 'B'] })).to.deep.equal({
      profile: ['Admin'],
      permissionSet: ['A', 'B'],
    });
    expect(membersOf({ profile: 'Admin' }, profile('p', 'Partner'), permissionSet('s', 'Tools'))).to.deep.equal({
      profile: ['Admin', 'Partner'],
      permissionSet: ['Tools'],
    });
    expect(membersOf(undefined, profile('p', 'Partner'))).to.deep.equal({ profile: ['Partner'] });
  });

  it('names nobody twice, in whatever case the org writes the name', () => {
    expect(membersOf({ profile: ['admin', 'Partner'] }, profile('p', 'Admin'))).to.deep.equal({
      profile: ['admin', 'Partner'],
    });
  });

  it('goes back to maintenance and never to preview', () => {
    expect(statusBack(preview())).to.equal('DownForMaintenance');
    expect(statusBack(site({ status: 'DownForMaintenance' }))).to.equal('DownForMaintenance');
  });
});

describe('changes of members', () => {
  const change = (status?: string): string | undefined =>
    memberChanges([profile('p')], status === undefined ? [] : [group('p', status)])[0]?.change;

  it('leave alone who is a member, and wait for who is on the way', () => {
    expect(change('Added')).to.equal(undefined);
    for (const status of ['WaitingForAdd', 'Waiting for Add', 'AddCalculated']) expect(change(status)).to.equal('wait');
  });

  it('add who is missing, leaving, or could not be added', () => {
    for (const status of [undefined, 'FailedAdd', 'Failed Add', 'WaitingForRemove', 'RemoveCalculated'])
      expect(change(status)).to.equal('add');
  });
});
