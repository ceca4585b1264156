/** GraphQL, asked by the administrator, a channel manager on a profile that opens nothing, and a partner. */
import { expect } from 'chai';
import { openPeople, type People } from '../ui-api/people.js';
import { page, refusal, rows, send, uiapi, type Node, type Page } from './ask.js';

const LEADS = 3000;

describe('GraphQL', function () {
  this.timeout(120_000);
  let people: People;
  before(async () => {
    people = await openPeople(LEADS);
    people.fixture.org.store.db.exec(
      `UPDATE "Lead" SET "AnnualRevenue" = rowid % 97,
         "Rating" = CASE rowid % 4 WHEN 0 THEN 'Hot' WHEN 1 THEN 'Warm' WHEN 2 THEN 'Cold' ELSE NULL END`
    );
  });
  after(() => people.close());

  const one = (sql: string, ...values: string[]): string =>
    String(people.fixture.org.store.db.prepare(sql).get(...values)!.id);

  it('gives values and their texts, parents of several kinds, and fragments', async () => {
    const owner = 'Owner { __typename ... on User { Name { value } Email { value } } ... on Group { Name { value } } }';
    const fields = `...Head ... on Lead { Status { value label } } CreatedDate { value displayValue } CreatedBy { Name { value } } ${owner}`;
    const query = `query Q { uiapi { query { Lead(first: 300) { edges { node { Id ${fields} } } } } } }
      fragment Head on Record { ApiName Id WeakEtag }`;
    const { query: found } = await uiapi<{ query: { Lead: Page } }>(people.admin, query);
    const nodes = found.Lead.edges.map(({ node }) => node);
    const expected = await rows(
      people.admin,
      'SELECT Id, Status, CreatedDate, CreatedBy.Name, Owner.Name, Owner.Type, Owner.Email FROM Lead ORDER BY Id LIMIT 300'
    );
    expect(nodes).to.have.length(300);
    const kinds = new Set<unknown>();
    for (const [at, row] of expected.entries()) {
      const node = nodes[at]!;
      const by = node.Owner as unknown as Record<string, { value: unknown }> & { __typename: string };
      const parent = row.Owner as Record<string, unknown>;
      kinds.add(by.__typename);
      expect(node.Id).to.equal(row.Id);
      expect(node.Status).to.deep.equal({ value: row.Status, label: row.Status });
      expect(node.CreatedDate!.value).to.equal(String(row.CreatedDate).replace('+0000', 'Z'));
      expect((node.CreatedBy as unknown as Node).Name!.value).to.equal((row.CreatedBy as { Name: string }).Name);
      expect([by.__typename, by.Name!.value]).to.deep.equal([parent.Type === 'User' ? 'User' : 'Group', parent.Name]);
      if (by.__typename === 'User') expect(by.Email!.value).to.equal(parent.Email);
    }
    expect([...kinds].sort()).to.deep.equal(['Group', 'User']);
    expect(nodes[0]).to.include({ ApiName: 'Lead' });
  });

  it('gives lists below a record, filtered, ordered, cut off and counted', async () => {
    const account = one('SELECT "AccountId" AS id FROM "Contact" GROUP BY 1 ORDER BY count(*) DESC LIMIT 1');
    const contacts = await rows(
      people.admin,
      `SELECT Id FROM Contact WHERE AccountId = '${account}' ORDER BY LastName DESC, Id`
    );
    const list = `Contacts(first: 2, orderBy: { LastName: { order: DESC } }) {
      edges { node { Id Account { Name { value } } } cursor } totalCount pageInfo { hasNextPage } }`;
    const found = await page(people.admin, 'Account', `(where: { Id: { eq: "${account}" } })`, list);
    const below = found.edges[0]!.node.Contacts as unknown as Page;
    expect(below.edges.map(({ node }) => node.Id)).to.deep.equal(contacts.slice(0, 2).map(({ Id }) => Id));
    expect(below.totalCount).to.equal(contacts.length).and.to.be.greaterThan(2);
    expect(below.pageInfo.hasNextPage).to.equal(true);
    const second = list.replace('first: 2', `first: 2, after: "${below.edges[1]!.cursor}"`);
    const next = await page(people.admin, 'Account', `(where: { Id: { eq: "${account}" } })`, second);
    const after = next.edges[0]!.node.Contacts as unknown as Page;
    expect(after.edges.map(({ node }) => node.Id)).to.deep.equal(contacts.slice(2, 4).map(({ Id }) => Id));
  });

  it('pages through thousands of leads in the order asked for, each once', async () => {
    const expected = await rows(people.admin, 'SELECT Id FROM Lead ORDER BY Status DESC, Name, Id');
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const order = 'orderBy: { Status: { order: DESC }, Name: { order: ASC } }';
      const found: Page = await page(people.admin, 'Lead', `(first: 700, after: $after, ${order}, where: $where)`, '', {
        after,
        where: {},
      });
      expect(found.totalCount).to.equal(LEADS);
      expect(found.pageResultCount).to.equal(found.edges.length);
      expect(found.pageInfo.hasPreviousPage).to.equal(after !== null);
      seen.push(...found.edges.map(({ node }) => node.Id));
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).to.deep.equal(expected.map(({ Id }) => Id));
    const usual = await page(people.admin, 'Lead', '', '');
    expect([usual.edges.length, usual.edges[9]!.cursor]).to.deep.equal([10, 'djE6MTA=']);
  });

  it('orders by the member that is written first, and puts empty values where they are asked for', async () => {
    const order = 'orderBy: { Rating: { order: DESC, nulls: LAST }, Company: { order: ASC } }';
    const found = await page(people.admin, 'Lead', `(first: 2000, ${order})`, '');
    const expected = await rows(
      people.admin,
      'SELECT Id FROM Lead ORDER BY Rating DESC NULLS LAST, Company, Id LIMIT 2000'
    );
    expect(found.edges.map(({ node }) => node.Id)).to.deep.equal(expected.map(({ Id }) => Id));
    const turned = 'orderBy: { Company: { order: ASC }, Rating: { order: DESC, nulls: LAST } }';
    const other = await page(people.admin, 'Lead', `(first: 5, ${turned})`, '');
    const first = await rows(people.admin, 'SELECT Id FROM Lead ORDER BY Company, Rating DESC NULLS LAST, Id LIMIT 5');
    expect(other.edges.map(({ node }) => node.Id)).to.deep.equal(first.map(({ Id }) => Id));
    expect(other.edges[0]!.node.Id).to.not.equal(found.edges[0]!.node.Id);
  });

  it('counts and sums groups as SOQL does', async () => {
    type Row = { aggregate: Record<string, Record<string, { value: unknown }> & { value?: unknown }> };
    const inner = `Status { value } Id { count { value } } AnnualRevenue { sum { value } avg { value } max { value } }
      LastName { countDistinct { value } }`;
    const query = `{ uiapi { aggregate { Lead(first: 100, groupBy: { Status: { group: true } }, where: { IsConverted: { eq: false } }, orderBy: { Id: { function: COUNT, order: DESC } }) {
      edges { node { aggregate { ${inner} } } } totalCount } } } }`;
    const { aggregate } = await uiapi<{ aggregate: { Lead: Page<Row> } }>(people.admin, query);
    const expected = await rows(
      people.admin,
      'SELECT Status, COUNT(Id) n, SUM(AnnualRevenue) total, AVG(AnnualRevenue) mean, MAX(AnnualRevenue) most, ' +
        'COUNT_DISTINCT(LastName) names FROM Lead WHERE IsConverted = false GROUP BY Status ORDER BY COUNT(Id) DESC'
    );
    const given = aggregate.Lead.edges.map(({ node: { aggregate: row } }) => ({
      Status: row.Status!.value,
      n: row.Id!.count!.value,
      total: row.AnnualRevenue!.sum!.value,
      mean: row.AnnualRevenue!.avg!.value,
      most: row.AnnualRevenue!.max!.value,
      names: row.LastName!.countDistinct!.value,
    }));
    expect(given).to.deep.equal(expected.map(({ attributes: _, ...row }) => row));
    expect(given.some(({ total }) => Number(total) > 0)).to.equal(true);
    expect(aggregate.Lead.totalCount).to.equal(expected.length);
    const years = `{ uiapi { aggregate { Lead(groupBy: { CreatedDate: { function: CALENDAR_YEAR } }) {
      edges { node { aggregate { CreatedDate { calendarYear { value } } Id { count { value } } } } } } } } }`;
    const byYear = await uiapi<{ aggregate: { Lead: Page<Row> } }>(people.admin, years);
    const counted = await rows(
      people.admin,
      'SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) n FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate)'
    );
    expect(
      byYear.aggregate.Lead.edges.map(({ node: { aggregate: row } }) => [
        row.CreatedDate!.calendarYear!.value,
        row.Id!.count!.value,
      ])
    ).to.have.deep.members(counted.map(({ y, n }) => [y, n]));
    const loose = await refusal(
      people.admin,
      '{ uiapi { aggregate { Lead { edges { node { aggregate { Status { value } } } } } } } }'
    );
    expect(loose).to.include({ type: 'DataFetchingException' });
    expect(loose.message).to.include('must be grouped or aggregated');
  });

  it('keeps to sharing and permissions: what a user does not see is not there', async () => {
    const mine = await page(people.partner, 'Lead', '(first: 2000)', 'Name { value }');
    const expected = await rows(people.partner, 'SELECT Id FROM Lead ORDER BY Id');
    expect(mine.edges.map(({ node }) => node.Id)).to.deep.equal(expected.map(({ Id }) => Id));
    expect(mine.totalCount).to.be.lessThan(LEADS).and.to.be.greaterThan(0);
    const own = await page(people.partner, 'Lead', '(first: 2000, scope: MINE)', '');
    expect(own.totalCount).to.be.lessThan(mine.totalCount);
    const seen = new Set(expected.map(({ Id }) => Id));
    const hidden = (await rows(people.admin, 'SELECT Id FROM Lead')).find(({ Id }) => !seen.has(Id))!.Id as string;
    const none = await page(people.partner, 'Lead', `(where: { Id: { eq: "${hidden}" } })`, '');
    expect([none.edges.length, none.totalCount]).to.deep.equal([0, 0]);

    const field = await refusal(
      people.manager,
      '{ uiapi { query { Lead { edges { node { AnnualRevenue { value } } } } } } }'
    );
    expect(field).to.deep.equal({
      type: 'ValidationError',
      message: 'Cannot query field "AnnualRevenue" on type "Lead".',
      data: null,
    });
    const filter = '{ uiapi { query { Lead(where: { AnnualRevenue: { gt: 1 } }) { totalCount } } } }';
    expect((await refusal(people.manager, filter)).type).to.equal('ValidationError');
    expect((await send(people.admin, filter)).errors).to.deep.equal([]);
    const object = await refusal(people.partner, '{ uiapi { query { Lead_Rotation__c { totalCount } } } }');
    expect(object).to.include({ type: 'ValidationError', data: null });
    expect(
      (await send(people.manager, '{ uiapi { query { Lead_Rotation__c { totalCount } } } }')).errors
    ).to.deep.equal([]);
  });

  it('goes without optional fields that the user does not see, and answers the others', async () => {
    const fields =
      'Name { value } AnnualRevenue @optional { value } Owner { ... on User { Name @optional { value } } }';
    const [seen, hidden] = await Promise.all(
      [people.admin, people.manager].map(async (as) => (await page(as, 'Lead', '(first: 1)', fields)).edges[0]!.node)
    );
    expect(seen).to.include.keys('Name', 'AnnualRevenue', 'Owner');
    expect(hidden).to.include.keys('Name', 'Owner').and.not.to.have.any.keys('AnnualRevenue');

    const needed = await refusal(
      people.manager,
      '{ uiapi { query { Lead { edges { node { AnnualRevenue @optional { value } AnnualRevenue { value } } } } } } }'
    );
    expect(needed.type).to.equal('ValidationError');
    const elsewhere = '{ uiapi { query { Lead(where: { AnnualRevenue: { gt: 1 } }) { totalCount @optional } } } }';
    expect((await refusal(people.manager, elsewhere)).type).to.equal('ValidationError');
  });

  it('makes, changes and deletes records, all or nothing of one request', async () => {
    type Made = Record<string, { Record: Node } & { Id: string }>;
    const create =
      'mutation ($l: LeadCreateRepresentation!) { uiapi { LeadCreate(input: { Lead: $l }) { Record { Id Name { value } Owner { ... on User { Name { value } } } } } } }';
    const lead = { LastName: 'Graph', FirstName: 'Ada', Company: "O'Neil & \\ Sons" };
    const made = await uiapi<Made>(people.manager, create, { l: lead });
    const { Id, Name } = made.LeadCreate!.Record;
    expect(Name!.value).to.equal('Ada Graph');
    const [stored] = await rows(people.admin, `SELECT Company, OwnerId FROM Lead WHERE Id = '${Id}'`);
    expect([stored!.Company, stored!.OwnerId]).to.deep.equal([lead.Company, people.managerId]);
    const found = await page(people.manager, 'Lead', '(where: $where, after: $after)', 'Company { value }', {
      where: { Company: { eq: lead.Company } },
    });
    expect(found.edges.map(({ node }) => node.Id)).to.deep.equal([Id]);

    const update = (title: string, id: string, more = ''): string =>
      `mutation { uiapi${more} { a: LeadUpdate(input: { Id: "${Id}", Lead: { Title: "${title}" } }) { Record { Title { value } } }
        b: LeadUpdate(input: { Id: "${id}", Lead: { Title: "x" } }) { Record { Id } } } }`;
    const gone = '00QgL0000000999AAA';
    const both = await refusal(people.manager, update('One', gone));
    expect(both).to.include({ type: 'DataFetchingException', data: null });
    expect((await rows(people.admin, `SELECT Title FROM Lead WHERE Id = '${Id}'`))[0]!.Title).to.equal(null);
    const some = await send(people.manager, update('Two', gone, '(input: { allOrNone: false })'));
    expect(some.data).to.deep.equal({ uiapi: { a: { Record: { Title: { value: 'Two' } } }, b: null } });
    expect(some.errors.map(({ path }) => path)).to.deep.equal([['uiapi', 'b']]);

    const { org } = people.fixture;
    const leads = await rows(people.partner, 'SELECT Id FROM Lead WHERE IsConverted = false');
    const readOnly = leads.find(
      ({ Id: at }) => !org.sharing.access(people.partnerId, org.catalog.require('Lead'), String(at)).edit
    );
    const notHis = await refusal(
      people.partner,
      `mutation { uiapi { LeadUpdate(input: { Id: "${String(readOnly!.Id)}", Lead: { Title: "Three" } }) { Record { Id } } } }`
    );
    expect(notHis).to.deep.equal({
      type: 'DataFetchingException',
      message: 'insufficient access rights on object id',
      data: null,
    });
    const hidden = `mutation { uiapi { LeadUpdate(input: { Id: "${Id}", Lead: { AnnualRevenue: 1 } }) { Record { Id } } } }`;
    expect((await refusal(people.manager, hidden)).type).to.equal('ValidationError');
    const remove = `mutation { uiapi { LeadDelete(input: { Id: "${Id}" }) { Id } } }`;
    const refused = await refusal(people.manager, remove);
    expect(refused.message).to.equal('insufficient access rights on object id');
    expect(await uiapi(people.admin, remove)).to.deep.equal({ LeadDelete: { Id } });
    expect(await rows(people.admin, `SELECT Id FROM Lead WHERE Id = '${Id}'`)).to.deep.equal([]);
  });

  it('describes objects, with the values of picklists', async () => {
    const query = `{ uiapi { objectInfos(apiNames: ["Lead"]) { ApiName label createable fields(apiNames: ["Status", "AnnualRevenue"]) {
      ApiName dataType ... on PicklistField { picklistValuesByRecordTypeIDs { picklistValues { value } } } } } } }`;
    type Info = {
      fields: Array<{
        ApiName: string;
        dataType: string;
        picklistValuesByRecordTypeIDs?: Array<{ picklistValues: object[] }>;
      }>;
    };
    const { objectInfos } = await uiapi<{ objectInfos: Info[] }>(people.manager, query);
    expect(objectInfos[0]!.fields.map(({ ApiName }) => ApiName)).to.deep.equal(['Status']);
    expect(objectInfos[0]!.fields[0]!.picklistValuesByRecordTypeIDs![0]!.picklistValues).to.have.length(4);
  });

  it('says what is wrong with a request, and with which kind of error', async () => {
    const lead = (inner: string): string => `{ uiapi { query { Lead${inner} { totalCount edges { node { Id } } } } } }`;
    const kinds = async (query: string): Promise<string> => (await refusal(people.admin, query)).type;
    expect(await kinds('{ uiapi { query ')).to.equal('InvalidSyntax');
    expect(await kinds(lead('(where: { Nothing__c: { eq: 1 } })'))).to.equal('ValidationError');
    expect(await kinds(lead('(where: { Status: { above: "A" } })'))).to.equal('ValidationError');
    expect(await kinds(lead('(where: { CreatedDate: { gt: { value: "yesterday" } } })'))).to.equal('ValidationError');
    expect(await kinds(lead('(first: 2001)'))).to.equal('DataFetchingException');
    expect(await kinds(lead('(first: 10, upperBound: 5000)'))).to.equal('DataFetchingException');
    expect(await kinds(lead('(after: "nowhere")'))).to.equal('DataFetchingException');
    expect(
      await kinds(
        'query A { uiapi { query { Lead { totalCount } } } } query B { uiapi { query { Lead { totalCount } } } }'
      )
    ).to.equal('OperationNotSupported');
    expect(await kinds('{ __schema { types { name } } }')).to.equal('OperationNotSupported');
    const { unsupported } = await people.fixture.control.status();
    expect(unsupported.map(({ what }) => what)).to.include('GraphQL: introspection');
    expect((await people.admin('POST', '/graphql', { nothing: 1 })).status).to.equal(400);
  });
});
