/** Everything that the example company has as metadata comes back unchanged from a deploy of what was retrieved. */
import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { deploy, problems, retrieve, start, type Types } from './support.js';

type Listed = { fullName: string; type: string; fileName: string; id: string };

describe('a round trip of metadata', () => {
  let fixture: Fixture;

  before(async () => (fixture = await start({ leads: 10 })));
  after(() => fixture.close());

  const list = async (type: string): Promise<Listed[]> => {
    const found = await fixture.conn.metadata.list([{ type }]);
    return (Array.isArray(found) ? found : [found]).filter(Boolean);
  };

  it('describes types, and lists components of each', async () => {
    const described = await fixture.conn.metadata.describe();
    const names = described.metadataObjects.map(({ xmlName }) => xmlName);
    expect(names).to.include.members([
      'Settings',
      'SharingRules',
      'CustomObject',
      'Queue',
      'Network',
      'LightningComponentBundle',
    ]);
    expect(names).to.not.include.members(['ReportFolder', 'SharingOwnerRule']);
    const rules = described.metadataObjects.find(({ xmlName }) => xmlName === 'SharingRules')!;
    expect(rules.childXmlNames).to.have.members([
      'SharingCriteriaRule',
      'SharingGuestRule',
      'SharingOwnerRule',
      'SharingTerritoryRule',
    ]);
    for (const name of names) await list(name);
    expect((await list('Queue')).length).to.be.greaterThan(3);
    expect((await list('Role')).every(({ fileName, fullName }) => fileName === `roles/${fullName}.role`)).to.equal(
      true
    );
  });

  it('changes nothing', async () => {
    const objects = ['Account', 'Lead', 'Opportunity', 'Case', 'Contact', 'Campaign'];
    const named = async (type: string): Promise<string[]> => (await list(type)).map(({ fullName }) => fullName);
    const folders = async (type: string): Promise<Types> => {
      const content =
        type === 'EmailFolder' || type === 'EmailTemplateFolder' ? 'EmailTemplate' : type.replace('Folder', '');
      const members = await named(type);
      return members.length > 0 ? { [content]: members } : {};
    };
    const types: Types = {
      Settings: ['Communities', 'Sharing', 'LeadConfig'],
      SharingRules: objects,
      CustomObject: [...objects, 'Deal_Registration__c'],
      Group: await named('Group'),
      Queue: await named('Queue'),
      Role: await named('Role'),
      PermissionSet: await named('PermissionSet'),
      Profile: await named('Profile'),
      Network: await named('Network'),
      AssignmentRules: ['Lead'],
      ...(await folders('ReportFolder')),
      ...(await folders('DashboardFolder')),
      ...(await folders('DocumentFolder')),
    };
    const used = Object.fromEntries(Object.entries(types).filter(([, members]) => members.length > 0));
    const before = await retrieve(fixture.conn, used);
    expect(before.messages).to.deep.equal([]);
    const { 'package.xml': _manifest, ...files } = before.files;
    const result = await deploy(fixture.conn, used, files);
    expect(problems(result)).to.deep.equal([]);
    expect(result.status).to.equal('Succeeded');
    expect(result.successes.filter(({ changed }) => changed).map(({ fullName }) => fullName)).to.deep.equal([]);
    expect((await retrieve(fixture.conn, used)).files).to.deep.equal(before.files);
  });
});
