/** Templates rendered on request, by the operations of the partner API. */
import { expect } from 'chai';
import type { Answer, Fixture } from '../http/fixture.js';
import { file, rows, start, workbench } from '../metadata/support.js';

describe('rendering of mail templates', () => {
  let fixture: Fixture;
  let lead: { id: string; name: string };
  const bench = workbench(() => fixture);
  before(async () => {
    fixture = await start({ leads: 5 });
    [lead] = rows<{ id: string; name: string }>(fixture, 'SELECT "Id" AS id, "Name" AS name FROM "Lead" LIMIT 1') as [
      typeof lead,
    ];
  });
  after(() => fixture.close());

  const template = (name: string, type: string, content: string) =>
    bench.good(
      { EmailTemplate: [`unfiled$public/${name}`] },
      {
        [`email/unfiled$public/${name}.email`]: content,
        [`email/unfiled$public/${name}.email-meta.xml`]: file(
          'EmailTemplate',
          `<available>true</available><encodingKey>UTF-8</encodingKey><name>${name}</name><style>none</style>` +
            `<subject>About {!Lead.Name}</subject><type>${type}</type>`
        ),
      }
    );
  const idOf = (name: string): string =>
    rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "EmailTemplate" WHERE "DeveloperName" = ?', name)[0]!.id;
  const post = (body: string): Promise<Answer> =>
    fixture.call(
      'POST',
      '/services/Soap/u/66.0',
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><e:Header><SessionHeader>` +
        `<sessionId>${fixture.token}</sessionId></SessionHeader></e:Header><e:Body>${body}</e:Body></e:Envelope>`,
      { 'content-type': 'text/xml' }
    );
  const stored = async (templateId: string, whoId: string): Promise<string> =>
    String(
      (
        await post(
          `<renderStoredEmailTemplate><request><templateId>${templateId}</templateId><whoId>${whoId}</whoId></request></renderStoredEmailTemplate>`
        )
      ).body
    );

  it('renders stored ones, as text or as HTML', async () => {
    await template('Plain', 'text', 'Dear {!Lead.Name} of {!Organization.Name}');
    await template('Page', 'custom', '<p>{!Lead.Name}</p>');
    const plain = await stored(idOf('Plain'), lead.id);
    expect(plain)
      .to.contain(`<subject>About ${lead.name}</subject>`)
      .and.to.match(/<plainTextBody>Dear .* of Example/);
    expect(await stored(idOf('Page'), lead.id)).to.contain(`<htmlBody>&lt;p&gt;${lead.name}&lt;/p&gt;</htmlBody>`);
    expect(await stored(idOf('Page'), '00QgL0000zzzzzz')).to.contain('<success>false</success>');
    expect(await stored('00X', lead.id)).to.contain('invalid template id');
  });

  it('renders texts of the request', async () => {
    const body = '<templateBodies>Hi {!Lead.Name}</templateBodies><templateBodies>{!No.Such}</templateBodies>';
    const { body: answer } = (await post(
      `<renderEmailTemplate><renderRequests>${body}<whoId>${lead.id}</whoId></renderRequests></renderEmailTemplate>`
    )) as { body: string };
    expect(answer)
      .to.contain(`<mergedBody>Hi ${lead.name}</mergedBody>`)
      .and.to.contain('<mergedBody>{!No.Such}</mergedBody>');
  });

  it('are refused where their folder is missing or the org cannot render them', async () => {
    const bad = (path: string, type: string): Promise<string> =>
      bench.bad(
        { EmailTemplate: [path] },
        {
          [`email/${path}.email`]: 'x',
          [`email/${path}.email-meta.xml`]: file(
            'EmailTemplate',
            `<available>true</available><encodingKey>UTF-8</encodingKey><name>N</name><style>none</style><type>${type}</type>`
          ),
        }
      );
    expect(await bad('unfiled$public/V', 'visualforce')).to.contain('visualforce are not supported');
    expect(await bad('Nowhere/T', 'text')).to.equal('Cannot find folder:Nowhere');
  });
});
