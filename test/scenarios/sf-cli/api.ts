import { expect } from 'chai';
import type { Where } from './world.js';

type Response = { statusCode: number; body: unknown };
type Described = {
  name: string;
  keyPrefix: string;
  fields: Array<{ name: string; type: string; referenceTo: string[] }>;
};
type Imported = Array<{ refId: string; type: string; id: string }>;

/** Raw requests, describes, trees, and what is not there. */
export const apiTests = (world: Where): void => {
  describe('api and describe', () => {
    const rest = <T = Response>(path: string, ...args: string[]): Promise<T> =>
      world().json<T>('api', 'request', 'rest', `/services/data/v66.0/${path}`, ...args);
    const lead = (): string =>
      String(world().row('SELECT "Id" FROM "Lead" WHERE "IsDeleted" IS NOT 1 ORDER BY "Id" LIMIT 1').Id);

    it('api request rest: GET, POST and PATCH', async () => {
      const made = await rest(
        'sobjects/Lead',
        '--method',
        'POST',
        '--body',
        '{"LastName":"Direct","Company":"Example Rest Ltd"}'
      );
      expect(made).to.deep.include({ statusCode: 201 });
      const { id } = made.body as { id: string };
      const read = await rest(`sobjects/Lead/${id}?fields=Id,LastName`);
      expect(read.body).to.deep.equal({
        attributes: { type: 'Lead', url: `/services/data/v66.0/sobjects/Lead/${id}` },
        Id: id,
        LastName: 'Direct',
      });
      world().sf.write('patch.json', '{"Title":"By request"}');
      expect(await rest(`sobjects/Lead/${id}`, '--method', 'PATCH', '--body', '@patch.json')).to.include({
        statusCode: 204,
      });
      expect(world().row('SELECT "Title", "Company" FROM "Lead" WHERE "Id" = ?', id)).to.deep.equal({
        Title: 'By request',
        Company: 'Example Rest Ltd',
      });
    });

    it('api request rest: an error is an error', async () => {
      const path = `/services/data/v66.0/sobjects/Lead/${lead()}`;
      const { exitCode, result } = await world().refused(
        'api',
        'request',
        'rest',
        path,
        '--method',
        'PATCH',
        '--body',
        '{"Email":"nomail"}'
      );
      expect(exitCode).to.equal(1);
      expect(result).to.containSubset({
        statusCode: 400,
        body: [{ errorCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }],
      });
    });

    it('sobject describe and list', async () => {
      const { name, keyPrefix, fields } = await world().json<Described>('sobject', 'describe', '--sobject', 'lead');
      expect([name, keyPrefix]).to.deep.equal(['Lead', '00Q']);
      const owner = fields.find((field) => field.name === 'OwnerId')!;
      expect([owner.type, owner.referenceTo]).to.deep.equal(['reference', ['Group', 'User']]);
      const columns = world()
        .rows('SELECT name FROM pragma_table_info(?)', 'Lead')
        .map((column) => column.name);
      expect(fields.map((field) => field.name)).to.include.members(columns);
      expect(await world().refused('sobject', 'describe', '-s', 'Nothing')).to.include({
        name: 'NOT_FOUND',
        exitCode: 1,
      });
      expect(await world().json('sobject', 'list')).to.include.members([
        'Account',
        'Contact',
        'Lead',
        'PermissionSet',
        'User',
      ]);
      expect(await world().json('sobject', 'list', '--sobject', 'custom')).to.deep.equal([
        'Co_Marketing_Request__c',
        'Deal_Registration__c',
        'Marketing_Asset__c',
        'Price_Agreement__c',
      ]);
    });

    it('data export tree, then data import tree: copies with their children', async () => {
      const soql =
        'SELECT Name, (SELECT LastName, Email FROM Contacts) FROM Account WHERE Id IN (SELECT AccountId FROM Contact) ORDER BY Id LIMIT 2';
      const before = world().row('SELECT count(*) AS n FROM "Account"').n as number;
      await world().json('data', 'export', 'tree', '--query', soql, '--output-dir', 'tree', '--plan');
      const imported = await world().json<Imported>(
        'data',
        'import',
        'tree',
        '--plan',
        'tree/Account-Contact-plan.json'
      );
      const accounts = imported.filter(({ type }) => type === 'Account').map(({ id }) => id);
      expect(world().row('SELECT count(*) AS n FROM "Account"').n).to.equal(before + 2);
      const shape = (id: string): object => ({
        name: world().row('SELECT "Name" FROM "Account" WHERE "Id" = ?', id).Name,
        contacts: world().rows('SELECT "LastName", "Email" FROM "Contact" WHERE "AccountId" = ? ORDER BY "Id"', id),
      });
      const originals = world()
        .rows(
          'SELECT DISTINCT a."Id" FROM "Account" a JOIN "Contact" c ON c."AccountId" = a."Id" ORDER BY a."Id" LIMIT 2'
        )
        .map(({ Id }) => String(Id));
      expect(accounts.map(shape)).to.deep.equal(originals.map(shape));
    });

    it('a tree in one file, and a bad one that leaves nothing behind', async () => {
      const before = world().row('SELECT count(*) AS n FROM "Account"').n as number;
      const tree = (email: string): string =>
        JSON.stringify({
          records: [
            {
              attributes: { type: 'Account', referenceId: 'A1' },
              Name: 'Example Tree Ltd',
              Contacts: {
                records: [{ attributes: { type: 'Contact', referenceId: 'C1' }, LastName: 'Twig', Email: email }],
              },
            },
          ],
        });
      world().sf.write('bad.json', tree('no mail'));
      const { data } = await world().refused('data', 'import', 'tree', '--files', 'bad.json');
      expect(data).to.containSubset([{ referenceId: 'C1', StatusCode: 'INVALID_EMAIL_ADDRESS', fields: 'Email' }]);
      expect(world().row('SELECT count(*) AS n FROM "Account"').n).to.equal(before);
      world().sf.write('good.json', tree('twig@example.com'));
      const [account, contact] = await world().json<Imported>('data', 'import', 'tree', '--files', 'good.json');
      expect(world().row('SELECT "AccountId" FROM "Contact" WHERE "Id" = ?', contact!.id).AccountId).to.equal(
        account!.id
      );
    });

    it('a user may do what his profile and licence let him do', async () => {
      const { control, state } = world().org;
      const as = async (profile: string, ...args: string[]): Promise<string> => {
        const sql =
          'SELECT u."Username" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE p."Name" = ? AND u."IsActive"';
        const { token } = await control.session(String(world().row(sql, profile).Username));
        const env = { SF_ORG_INSTANCE_URL: state.url };
        const { exitCode, json } = await world().sf.run([...args, '--target-org', token, '--json'], env);
        return exitCode === 0 ? 'done' : json!.name!;
      };
      const query = ['data', 'query', '-q', 'SELECT COUNT() FROM Lead'];
      const bulk = ['data', 'export', 'bulk', '-q', 'SELECT Id FROM Lead', '--output-file', 'user.csv', '--wait', '1'];
      expect(await as('Example Partner', ...query)).to.equal('done');
      expect(await as('Example Partner', ...bulk)).to.equal('INSUFFICIENT_ACCESS');
      expect(await as('Channel Reader (Example)', 'org', 'list', 'limits')).to.equal('INSUFFICIENT_ACCESS');
      expect(await as('Minimum Access - Salesforce', ...query)).to.equal('API_CURRENTLY_DISABLED');
    });

    it('GraphQL answers', async () => {
      const body = 'query { uiapi { query { Account(first: 3) { edges { node { Id } } totalCount } } } }';
      type Answer = { data: { uiapi: { query: { Account: { edges: object[]; totalCount: number } } } } };
      const { data } = JSON.parse(await world().text('api', 'request', 'graphql', '--body', body)) as Answer;
      const { n } = world().row('SELECT count(*) AS n FROM "Account" WHERE "IsDeleted" IS NOT 1');
      expect(data.uiapi.query.Account.edges).to.have.length(3);
      expect(data.uiapi.query.Account.totalCount).to.equal(n);
    });

    it('search is refused and written down, and nothing else was', async () => {
      const search = await world().refused(
        'data',
        'search',
        '--query',
        'FIND {Example} IN ALL FIELDS RETURNING Account(Name)'
      );
      expect(search.name).to.equal('NOT_FOUND');
      const { unsupported } = await world().org.control.status();
      expect(unsupported.map(({ what }) => what.replace(/\/v\d+\.0\//, '/'))).to.have.members([
        'GET /services/data/search',
      ]);
    });
  });
};
