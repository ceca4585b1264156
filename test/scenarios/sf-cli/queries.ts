import { expect } from 'chai';
import { csvLines, type Queried, type Shown, type Where } from './world.js';

type Account = Shown & { Name: string; Contacts: Queried<Shown> | null };

/** The queries of `data query`, in all the forms in which it shows results. */
export const queryTests = (world: Where): void => {
  describe('data query', () => {
    it('plain fields, with their types', async () => {
      const { records, totalSize, done } = await world().query(
        'SELECT Id, Name, IsConverted, Email, CreatedDate FROM Lead ORDER BY Id LIMIT 3'
      );
      const rows = world().rows(
        'SELECT "Id", "Name", "IsConverted", "Email", "CreatedDate" FROM "Lead" ORDER BY "Id" LIMIT 3'
      );
      expect([totalSize, done]).to.deep.equal([3, true]);
      expect(records).to.deep.equal(
        rows.map((row) => ({
          attributes: { type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${String(row.Id)}` },
          ...row,
          IsConverted: row.IsConverted === 1,
        }))
      );
    });

    it('parents', async () => {
      const { records } = await world().query<{ Owner: { Name: string; Type: string } }>(
        `SELECT Owner.Name, Owner.Type FROM Lead WHERE Owner.Type = 'Queue' ORDER BY Id LIMIT 2`
      );
      const rows = world().rows(
        'SELECT g."Name" FROM "Lead" l JOIN "Group" g ON g."Id" = l."OwnerId" ORDER BY l."Id" LIMIT 2'
      );
      expect(records.map(({ Owner }) => [Owner.Name, Owner.Type])).to.deep.equal(
        rows.map(({ Name }) => [Name, 'Queue'])
      );
    });

    it('aggregates', async () => {
      const { records } = await world().query(
        'SELECT Status, COUNT(Id) n, MAX(CreatedDate) FROM Lead GROUP BY Status ORDER BY Status'
      );
      const rows = world().rows(
        'SELECT "Status", count(*) AS n, max("CreatedDate") AS expr0 FROM "Lead" WHERE "IsDeleted" IS NOT 1 GROUP BY "Status" ORDER BY "Status"'
      );
      expect(records).to.deep.equal(rows.map((row) => ({ attributes: { type: 'AggregateResult' }, ...row })));
      expect(await world().query('SELECT COUNT() FROM Account')).to.deep.equal({
        records: [],
        totalSize: world().row('SELECT count(*) AS n FROM "Account" WHERE "IsDeleted" IS NOT 1').n,
        done: true,
      });
    });

    it('children, nested in JSON', async () => {
      const { records } = await world().query<Account>(
        'SELECT Id, Name, (SELECT Id, LastName FROM Contacts ORDER BY Id) FROM Account ORDER BY Id LIMIT 5'
      );
      expect(records).to.have.length(5);
      for (const { Id, Contacts } of records) {
        const rows = world().rows('SELECT "Id", "LastName" FROM "Contact" WHERE "AccountId" = ? ORDER BY "Id"', Id);
        expect(Contacts?.totalSize ?? 0).to.equal(rows.length);
        expect(
          (Contacts?.records ?? []).map((contact) => ({ Id: contact.Id, LastName: contact.LastName }))
        ).to.deep.equal(rows);
      }
      expect(records.some(({ Contacts }) => Contacts !== null)).to.equal(true);
    });

    it('as CSV: parents as columns, children side by side, aliases as headers', async () => {
      const soql =
        'SELECT Name, Owner.Name, (SELECT LastName FROM Contacts ORDER BY Id LIMIT 2) FROM Account ORDER BY Id LIMIT 2';
      const text = await world().text('data', 'query', '-q', soql, '--result-format', 'csv');
      const [header, ...lines] = csvLines(text);
      expect(header).to.deep.equal([
        'Name',
        'Owner.Name',
        'Contacts.totalSize',
        'Contacts.records.0.LastName',
        'Contacts.totalSize',
        'Contacts.records.1.LastName',
      ]);
      const rows = world().rows(
        'SELECT a."Id", a."Name", u."Name" AS owner FROM "Account" a JOIN "User" u ON u."Id" = a."OwnerId" ORDER BY a."Id" LIMIT 2'
      );
      expect(lines.map((line) => line.slice(0, 2))).to.deep.equal(rows.map(({ Name, owner }) => [Name, owner]));
      const names = world().rows(
        'SELECT "LastName" FROM "Contact" WHERE "AccountId" = ? ORDER BY "Id" LIMIT 2',
        String(rows[0]!.Id)
      );
      expect([lines[0]![3], lines[0]![5]]).to.deep.equal(names.map(({ LastName }) => LastName));
      const grouped = await world().text(
        'data',
        'query',
        '-q',
        'SELECT Owner.Type kind, COUNT(Id) n FROM Lead GROUP BY Owner.Type',
        '-r',
        'csv'
      );
      expect(csvLines(grouped)[0]).to.deep.equal(['kind', 'n']);
    });

    it('as a table', async () => {
      const soql = 'SELECT Name, (SELECT LastName FROM Contacts ORDER BY Id LIMIT 1) FROM Account ORDER BY Id LIMIT 1';
      const text = await world().text('data', 'query', '-q', soql);
      const { Name, LastName } = world().row(
        'SELECT a."Name", c."LastName" FROM "Account" a JOIN "Contact" c ON c."AccountId" = a."Id" ORDER BY a."Id", c."Id"'
      );
      expect(text).to.match(/NAME.*CONTACTS\.LASTNAME/);
      expect(text)
        .to.contain(String(Name))
        .and.contain(String(LastName))
        .and.contain('Total number of records retrieved: 1.');
      const counted = await world().text('data', 'query', '-q', 'SELECT Status, COUNT(Id) FROM Lead GROUP BY Status');
      expect(counted).to.match(/STATUS.*COUNT\(ID\)/);
    });

    it('more rows than a page holds', async () => {
      const { records, totalSize, done } = await world().query('SELECT Id FROM Lead ORDER BY Id');
      const rows = world().rows('SELECT "Id" FROM "Lead" WHERE "IsDeleted" IS NOT 1 ORDER BY "Id"');
      expect(rows.length).to.be.above(2000);
      expect([totalSize, done]).to.deep.equal([rows.length, true]);
      expect(records.map(({ Id }) => Id)).to.deep.equal(rows.map(({ Id }) => Id));
    });

    it('from a file, to a file, with deleted rows', async () => {
      const { sf } = world();
      sf.write('query.soql', "SELECT Id FROM Lead WHERE Company = 'Example Record Ltd' ORDER BY Id");
      const args = [
        'data',
        'query',
        '--file',
        'query.soql',
        '--all-rows',
        '--output-file',
        'rows.csv',
        '--result-format',
        'csv',
      ];
      const { totalSize } = await world().json<Queried<Shown>>(...args);
      const rows = world().rows(
        `SELECT "Id", "IsDeleted" FROM "Lead" WHERE "Company" = 'Example Record Ltd' ORDER BY "Id"`
      );
      expect(rows.some(({ IsDeleted }) => IsDeleted === 1)).to.equal(true);
      expect(totalSize).to.equal(rows.length);
      expect(sf.read('rows.csv').trim().split('\n').slice(1)).to.deep.equal(rows.map(({ Id }) => Id));
    });

    it('through the Tooling API', async () => {
      const { records } = await world().query<{ QualifiedApiName: string }>(
        "SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Lead'",
        '--use-tooling-api'
      );
      expect(records.map(({ QualifiedApiName }) => QualifiedApiName)).to.deep.equal(['Lead']);
    });

    it('is refused in the words of the platform', async () => {
      const refused = (soql: string): ReturnType<ReturnType<Where>['refused']> =>
        world().refused('data', 'query', '-q', soql);
      const column = await refused('SELECT Nothing__c FROM Lead');
      expect(column.name).to.equal('INVALID_FIELD');
      expect(column.message).to.match(/ERROR at Row:1:Column:8\nNo such column 'Nothing__c' on entity 'Lead'/);
      const object = await refused('SELECT Id FROM Nothing__c');
      expect(object.name).to.equal('INVALID_TYPE');
      expect(object.message).to.contain("sObject type 'Nothing__c' is not supported.");
      expect(await refused('SELECT')).to.deep.include({ name: 'MALFORMED_QUERY', exitCode: 1 });
    });

    it('has no --bulk any more: data export bulk took its place', async () => {
      const { exitCode, message } = await world().refused('data', 'query', '-q', 'SELECT Id FROM Lead', '--bulk');
      expect(exitCode).to.equal(2);
      expect(message).to.contain('Nonexistent flag: --bulk');
    });
  });
};
