/** What Apex of the package says of sites, in an org that tells the domain of its sites. */
import { expect } from 'chai';
import { executeAnonymous } from '../practice/apex/org/anonymous.js';
import { openPeople, type People } from '../practice/ui-api/people.js';

type Site = { name: string; status: string; url?: string };

describe('sites on the home page', function () {
  this.timeout(60_000);
  let people: People;
  before(async () => (people = await openPeople(30)));
  after(() => people.close());

  const sites = async (): Promise<Site[]> => {
    const { server, token } = people.fixture;
    const block = 'throw new ChannelDesk.DeskException(JSON.serialize(PartnerSites.all()));';
    const { exceptionMessage } = await executeAnonymous(server.url, token, block);
    return JSON.parse(exceptionMessage!.replace('ChannelDesk.DeskException: ', '')) as Site[];
  };

  it('have their address where the org tells its domain, and none where it does not', async () => {
    expect((await sites()).map(({ url }) => url ?? null)).to.deep.equal((await sites()).map(() => null));
    const { store } = people.fixture.org;
    const insert = store.sql('INSERT INTO "Domain" ("Id", "Domain", "DomainType") VALUES (?, ?, ?)');
    insert.run('0I4gL0000000001QAA', 'example.my.salesforce-sites.com', 'DNS');
    insert.run('0I4gL0000000002QAA', 'example.my.site.com', 'DNS');
    const [central] = (await sites()).filter(({ name }) => name === 'Example Partner Central');
    expect(central).to.include({ status: 'Live', url: 'https://example.my.site.com/partners' });
  });
});
