import { expect } from 'chai';
import { csv, csvRecords, type BulkResult, type Where } from './world.js';

type JobRecords = {
  successfulResults: Array<Record<string, string>>;
  failedResults: Array<Record<string, string>>;
  unprocessedRecords: unknown[];
};
type LegacyResult = { jobInfo: Record<string, unknown>; records: JobRecords };
type Results = BulkResult & {
  status: string;
  operation: string;
  object: string;
  successFilePath?: string;
  failedFilePath?: string;
};
type Line = Record<string, string>;

const COMPANY = 'Example Bulk Ltd';
const IMPORTED = 2300;
const OF_COMPANY = `FROM "Lead" WHERE "Company" = '${COMPANY}' AND "IsDeleted" IS NOT 1`;

/** Bulk API 2.0, both directions. The rows imported first serve the others. */
export const bulkTests = (world: Where): void => {
  describe('data … bulk', () => {
    const bulk = (verb: string, ...args: string[]): string[] => ['data', verb, 'bulk', ...args, '--wait', '2'];
    const onLeads = (verb: string, file: string, ...args: string[]): string[] =>
      bulk(verb, '-s', 'Lead', '-f', file, ...args);
    const ids = (limit: number): string[] =>
      world()
        .rows(`SELECT "Id" ${OF_COMPANY} ORDER BY "Id" LIMIT ${limit}`)
        .map(({ Id }) => String(Id));
    const idFile = (name: string, limit: number, title: string): string =>
      world().sf.write(name, csv(['Id', 'Title'], ...ids(limit).map((id) => [id, title])));

    it('import: every row, with quotes, commas and line breaks', async () => {
      const special = ['"Quill ""the second"", heir"', COMPANY, '"two\nlines"', 'ŁÓDŹ'];
      const plain = Array.from({ length: IMPORTED - 1 }, (_, i) => [`Row${i}`, COMPANY, `Street ${i}`, '']);
      const file = world().sf.write('import.csv', csv(['LastName', 'Company', 'Street', 'City'], special, ...plain));
      const result = await world().json<BulkResult>(...onLeads('import', file));
      expect(result).to.deep.equal({
        jobId: result.jobId,
        processedRecords: IMPORTED,
        successfulRecords: IMPORTED,
        failedRecords: 0,
      });
      const rows = world().rows(`SELECT "LastName", "Street", "City" ${OF_COMPANY} ORDER BY "Id"`);
      expect(rows[0]).to.deep.equal({ LastName: 'Quill "the second", heir', Street: 'two\nlines', City: 'ŁÓDŹ' });
      expect(rows.slice(1)).to.deep.equal(plain.map(([LastName, , Street]) => ({ LastName, Street, City: null })));
    });

    it('export as CSV and as JSON', async () => {
      const soql = `SELECT Id, LastName, Street, IsConverted, Owner.Name FROM Lead WHERE Company = '${COMPANY}' ORDER BY Id`;
      const rows = world().rows<Line>(
        `SELECT l."Id", l."LastName", coalesce(l."Street", '') AS "Street", 'false' AS "IsConverted", u."Name" AS "Owner.Name" FROM "Lead" l JOIN "User" u ON u."Id" = l."OwnerId" WHERE l."Company" = '${COMPANY}' ORDER BY l."Id"`
      );
      expect(rows).to.have.length(IMPORTED);
      const asCsv = await world().json(...bulk('export', '-q', soql, '--output-file', 'out.csv'));
      expect(asCsv).to.deep.equal({ totalSize: IMPORTED, filePath: 'out.csv' });
      expect(csvRecords(world().sf.read('out.csv'))).to.deep.equal(rows);
      await world().json(...bulk('export', '-q', soql, '--output-file', 'out.json', '--result-format', 'json'));
      expect(JSON.parse(world().sf.read('out.json'))).to.deep.equal(rows);
    });

    it('export refuses a bad query', async () => {
      const { name, message } = await world().refused(
        ...bulk('export', '-q', 'SELECT Nothing FROM Lead', '--output-file', 'none.csv')
      );
      expect(name).to.equal('INVALID_FIELD');
      expect(message).to.contain("No such column 'Nothing' on entity 'Lead'");
    });

    it('update', async () => {
      const result = await world().json<BulkResult>(...onLeads('update', idFile('update.csv', 250, 'Updated')));
      expect(result).to.include({ processedRecords: 250, successfulRecords: 250, failedRecords: 0 });
      expect(world().row(`SELECT count(*) AS n ${OF_COMPANY} AND "Title" = 'Updated'`).n).to.equal(250);
    });

    it('update with bad rows: the good ones are saved, the command fails, the results tell which', async () => {
      const [good, long] = ids(2) as [string, string];
      const lines = [
        [good, 'Good'],
        ['00QgL00000zzzzzUAA', 'Nobody'],
        ['garbage', 'Nobody'],
        [long, 'x'.repeat(200)],
      ];
      const file = world().sf.write('bad.csv', csv(['Id', 'Title'], ...lines));
      const failed = await world().refused(...onLeads('update', file));
      expect(failed).to.include({ exitCode: 1, name: 'FailedRecordDetailsError' });
      expect(failed.message).to.contain('failed to process 3 records');
      const { jobId, state } = failed.data as { jobId: string; state: string };
      expect(state).to.equal('JobComplete');
      const results = await world().json<Results>('data', 'bulk', 'results', '--job-id', jobId);
      expect(results).to.include({
        processedRecords: 4,
        successfulRecords: 1,
        failedRecords: 3,
        status: 'JobComplete',
        operation: 'update',
        object: 'Lead',
      });
      expect(csvRecords(world().sf.read(results.successFilePath!))).to.deep.equal([
        { sf__Id: good, sf__Created: 'false', Id: good, Title: 'Good' },
      ]);
      const errors = csvRecords(world().sf.read(results.failedFilePath!));
      expect(errors.map(({ Id }) => Id)).to.deep.equal(lines.slice(1).map(([id]) => id));
      expect(errors[0]!.sf__Error).to.match(/^(INVALID_CROSS_REFERENCE_KEY|MALFORMED_ID):.*:--$/);
      expect(errors[1]!.sf__Error).to.match(/^MALFORMED_ID:.*garbage.*:--$/);
      expect(errors[2]!.sf__Error).to.match(
        /^STRING_TOO_LONG:Title: data value too large: x+ \(max length=128\):Title --$/
      );
      expect(world().rows('SELECT "Title" FROM "Lead" WHERE "Id" IN (?, ?) ORDER BY "Id"', good, long)).to.deep.equal([
        { Title: 'Good' },
        { Title: 'Updated' },
      ]);
    });

    it('update without waiting, then resume', async () => {
      const file = idFile('later.csv', 30, 'Later');
      const { jobId } = await world().json<BulkResult>(
        'data',
        'update',
        'bulk',
        '-s',
        'Lead',
        '-f',
        file,
        '--wait',
        '0'
      );
      const { exitCode, json } = await world().sf.run<BulkResult>([
        'data',
        'update',
        'resume',
        '--job-id',
        jobId,
        '--json',
      ]);
      expect(exitCode).to.equal(0);
      expect(json!.result).to.deep.equal({ jobId, processedRecords: 30, successfulRecords: 30, failedRecords: 0 });
    });

    it('upsert by a key: one is found, one is made', async () => {
      const email = String(
        world().row(`SELECT "Email" FROM "Contact" GROUP BY "Email" HAVING count(*) = 1 LIMIT 1`).Email
      );
      const file = world().sf.write(
        'upsert.csv',
        csv(['Email', 'LastName'], [email, 'Known'], ['newcomer@example.com', 'Newcomer'])
      );
      const { jobInfo, records: rows } = await world().json<LegacyResult>(
        ...bulk('upsert', '-s', 'Contact', '-f', file, '--external-id', 'Email')
      );
      expect(jobInfo).to.include({
        operation: 'upsert',
        state: 'JobComplete',
        externalIdFieldName: 'Email',
        numberRecordsProcessed: 2,
        numberRecordsFailed: 0,
      });
      expect(rows.successfulResults.map(({ Email, sf__Created }) => [Email, sf__Created])).to.deep.equal([
        [email, 'false'],
        ['newcomer@example.com', 'true'],
      ]);
      const saved = world().rows(
        'SELECT "Id", "LastName" FROM "Contact" WHERE "Email" IN (?, ?) ORDER BY "Id"',
        email,
        'newcomer@example.com'
      );
      expect(saved).to.deep.equal(rows.successfulResults.map(({ sf__Id, LastName }) => ({ Id: sf__Id, LastName })));
      const { name } = await world().refused(
        ...bulk('upsert', '-s', 'Contact', '-f', file, '--external-id', 'LastName')
      );
      expect(name).to.equal('INVALIDJOB');
    });

    it('delete', async () => {
      const doomed = ids(120);
      const file = world().sf.write('delete.csv', csv(['Id'], ...doomed.map((id) => [id])));
      const { jobInfo, records: rows } = await world().json<LegacyResult>(...onLeads('delete', file));
      expect(jobInfo).to.include({ operation: 'delete', numberRecordsProcessed: 120, numberRecordsFailed: 0 });
      expect(rows.successfulResults.map(({ sf__Id }) => sf__Id)).to.deep.equal(doomed);
      expect(world().row(`SELECT count(*) AS n ${OF_COMPANY}`).n).to.equal(IMPORTED - 120);
    });

    it('a job that fails as a whole says why', async () => {
      const before = world().row('SELECT count(*) AS n FROM "Lead"').n;
      const field = world().sf.write('field.csv', csv(['LastName', 'Nothing__c'], ['a', 'b']));
      const noField = await world().refused(...onLeads('import', field));
      expect(noField).to.include({ exitCode: 1, name: 'JobFailedError' });
      expect(noField.message).to.contain('InvalidBatch : Field name not found : Nothing__c');
      const noObject = await world().refused(...bulk('import', '-s', 'Nothing__c', '-f', field));
      expect(noObject.message).to.contain('Unable to find object: Nothing__c');
      expect(world().row('SELECT count(*) AS n FROM "Lead"').n).to.equal(before);
    });

    it('a server that is away for a moment does not stop a read', async () => {
      const { control } = world().org;
      await control.setFaults([{ kind: 'status', method: 'GET', path: '*/query', status: 503, count: 2 }]);
      try {
        expect((await world().query('SELECT Id FROM Lead LIMIT 1')).totalSize).to.equal(1);
        expect((await control.faults())[0]!.fired).to.equal(2);
      } finally {
        await control.clearFaults();
      }
    });
  });
};
