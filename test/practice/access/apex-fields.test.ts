/** Permissions on fields in Apex: they count in user mode, in system mode they do not, and triggers are not held to them. */
import { expect } from 'chai';
import { startFixture, type Fixture } from '../http/fixture.js';
import { deploy, file, type Files } from '../metadata/support.js';
import { as, grant, made, type As } from './grants.js';

const BASIL = 'basil.norwood@practice.example.com';

const FIELDS = `
  <fields><fullName>Secret__c</fullName><label>Secret</label><type>Text</type><length>40</length></fields>
  <fields><fullName>Shown__c</fullName><label>Shown</label><type>Text</type><length>40</length></fields>`;

const PEEK = `@RestResource(urlMapping='/peek/*')
global without sharing class Peek {
  @HttpPost
  global static String peek(String how, Id id) {
    try {
      switch on how {
        when 'user query' { return [SELECT Secret__c FROM Lead WHERE Id = :id WITH USER_MODE].Secret__c; }
        when 'system query' { return [SELECT Secret__c FROM Lead WHERE Id = :id WITH SYSTEM_MODE].Secret__c; }
        when 'user dynamic' {
          Map<String, Object> binds = new Map<String, Object>{ 'id' => id };
          String soql = 'SELECT Secret__c FROM Lead WHERE Id = :id';
          return ((Lead) Database.queryWithBinds(soql, binds, AccessLevel.USER_MODE)[0]).Secret__c;
        }
        when 'user update' { update as user new Lead(Id = id, Secret__c = 'by the user'); }
        when 'user update of what is shown' { update as user new Lead(Id = id, Shown__c = 'by the user'); }
        when 'system update' { update as system new Lead(Id = id, Secret__c = 'by the system'); }
        when 'describe' {
          return String.valueOf(Schema.sObjectType.Lead.fields.getMap().get('Secret__c').getDescribe().isAccessible()) +
            ' ' + String.valueOf(Schema.sObjectType.Lead.fields.getMap().get('Shown__c').getDescribe().isUpdateable());
        }
      }
      return 'done';
    } catch (Exception error) {
      return error.getTypeName() + ': ' + error.getMessage();
    }
  }
}`;

const TRIGGER = `trigger Mark on Lead (before update) {
  for (Lead one : Trigger.new) if (one.Title == 'mark') one.Secret__c = 'by the trigger';
}`;

const meta = (type: string): string => file(type, '<apiVersion>66.0</apiVersion><status>Active</status>');

describe('permissions on fields in Apex', () => {
  let fixture: Fixture;
  let basil: As;
  let lead: string;

  const put = async (types: Record<string, string[]>, files: Files): Promise<void> => {
    const done = await deploy(fixture.conn, types, files);
    expect(done.success, JSON.stringify(done.failures)).to.equal(true);
  };

  before(async () => {
    fixture = await startFixture();
    await put({ CustomObject: ['Lead'] }, { 'objects/Lead.object': file('CustomObject', FIELDS) });
    await put({ ApexClass: ['Peek'] }, { 'classes/Peek.cls': PEEK, 'classes/Peek.cls-meta.xml': meta('ApexClass') });
    const set = await grant(fixture, 'Peekers', BASIL, {
      ...{ system: ['ApiEnabled'], objects: { Lead: 'RCEVM' } },
      fields: { 'Lead.Shown__c': true, 'Lead.Title': true },
    });
    const { records } = await fixture.conn.query<{ Id: string }>("SELECT Id FROM ApexClass WHERE Name = 'Peek'");
    await made(fixture, 'SetupEntityAccess', { ParentId: set, SetupEntityId: records[0]!.Id });
    basil = await as(fixture, BASIL);
    lead = await made(fixture, 'Lead', { LastName: 'Reed', Company: 'Lamps', Secret__c: 'hidden' });
  });
  after(() => fixture.close());

  const peek = async (how: string): Promise<unknown> =>
    (await basil('POST', '/services/apexrest/peek/1', { how, id: lead })).body;
  const secret = (): unknown => fixture.org.store.find(fixture.org.catalog.require('Lead'), lead)!.Secret__c;

  it('hide a field from queries in user mode alone', async () => {
    expect(await peek('user query')).to.match(/^System\.QueryException: .*No such column 'Secret__c'/s);
    expect(await peek('user dynamic')).to.match(/^System\.QueryException: .*No such column 'Secret__c'/s);
    expect(await peek('system query')).to.equal('hidden');
    expect(await peek('describe')).to.equal('false true');
  });

  it('keep saves in user mode from it', async () => {
    expect(await peek('user update')).to.match(/^System\.DmlException: .*Secret__c/s);
    expect(secret()).to.equal('hidden');
    expect(await peek('user update of what is shown')).to.equal('done');
    expect(await peek('system update')).to.equal('done');
    expect(secret()).to.equal('by the system');
  });

  it('do not bind a trigger that runs on the save of such a user', async () => {
    await put(
      { ApexTrigger: ['Mark'] },
      { 'triggers/Mark.trigger': TRIGGER, 'triggers/Mark.trigger-meta.xml': meta('ApexTrigger') }
    );
    const refused = await basil('PATCH', `/sobjects/Lead/${lead}`, { Title: 'mark', Secret__c: 'mine' });
    expect([refused.status, secret()]).to.deep.equal([400, 'by the system']);
    const saved = await basil('PATCH', `/sobjects/Lead/${lead}`, { Title: 'mark' });
    expect([saved.status, secret()], JSON.stringify(saved.body)).to.deep.equal([204, 'by the trigger']);
  });
});
