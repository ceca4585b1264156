/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { expect } from 'chai';
import { request, startFixture, type Answer, type Fixture } from '../http/fixture.js';

type Job = {
  id: string;
  state: string;
  errorMessage?: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
};

describe('Bulk 2.0 ingest', () => {
  let fx: Fixture;
  before(async () => {
    fx = await startFixture({ bulk: { uploadLimit: 20_000 } }, { scenario: 'empty' });
    fx.conn.bulk2.pollInterval = 10;
    fx.conn.bulk2.pollTimeout = 20_000;
  });
  after(() => fx.close());

  const csv = (body: string, path: string): Promise<Answer> =>
    fx.call('PUT', path, body, { 'content-type': 'text/csv' });

  const open = async (spec: object): Promise<Job> => {
    const { status, body } = await fx.call('POST', '/jobs/ingest', spec);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };

  const run = async (spec: object, text: string): Promise<Job> => {
    const { id } = await open(spec);
    expect((await csv(text, `/jobs/ingest/${id}/batches`)).status).to.equal(201);
    await fx.call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    await fx.server.idle();
    return (await fx.call('GET', `/jobs/ingest/${id}`)).body;
  };

  const result = async (id: string, which: string): Promise<string> =>
    (await fx.call('GET', `/jobs/ingest/${id}/${which}`)).body;

  const newLeads = async (names: string[]): Promise<string[]> => {
    const records = names.map((LastName) => ({
      attributes: { type: 'Lead' },
      LastName,
      Company: 'Example Harbor Ltd',
    }));
    return (await fx.call('POST', '/composite/sobjects', { records })).body.map((r: { id: string }) => r.id);
  };

  it('serves jsforce: insert, update, upsert, delete', async () => {
    const { bulk2 } = fx.conn;
    const input = Array.from({ length: 450 }, (_, i) => ({
      LastName: `L${i}`,
      Company: 'Example, "Harbor"\nLtd',
      NumberOfEmployees: i,
    }));
    const inserted = await bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'insert',
      input: input.slice(0, 200),
    });
    expect(inserted.successfulResults).to.have.length(200);
    expect(inserted.successfulResults[7]).to.include({
      sf__Created: 'true',
      LastName: 'L7',
      Company: 'Example, "Harbor"\nLtd',
    });
    const ids = inserted.successfulResults.map((row) => row.sf__Id);
    const changes = ids.map((Id) => ({ Id, City: 'Quay' }));
    const updated = await bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input: changes });
    expect(updated.successfulResults.every((row) => row.sf__Created === 'false')).to.equal(true);
    expect(
      (await fx.conn.query("SELECT count() FROM Lead WHERE City = 'Quay' AND NumberOfEmployees >= 0")).totalSize
    ).to.equal(200);
    const keyed = [
      { Id: ids[0], City: 'Pier' },
      { Id: '', City: 'x' },
    ];
    const upserted = await bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'upsert',
      externalIdFieldName: 'Id',
      input: keyed,
    } as never);
    expect(upserted.successfulResults).to.have.length(1);
    expect(upserted.failedResults).to.have.length(1);
    const gone = await bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'delete',
      input: ids.map((Id) => ({ Id })),
    });
    expect(gone.successfulResults).to.have.length(200);
    expect((await fx.conn.query('SELECT count() FROM Lead')).totalSize).to.equal(0);
  });

  it('keeps good rows beside bad ones, over chunks', async () => {
    const lines = Array.from({ length: 450 }, (_, i) =>
      i % 100 === 99 ? ',Example Harbor Ltd' : `N${i},Example Harbor Ltd`
    );
    const job = await run({ object: 'Lead', operation: 'insert' }, `LastName,Company\n${lines.join('\n')}\n`);
    expect(job).to.include({ state: 'JobComplete', numberRecordsProcessed: 450, numberRecordsFailed: 4 });
    const failed = (await result(job.id, 'failedResults')).trimEnd().split('\n');
    expect(failed[0]).to.equal('"sf__Id","sf__Error","LastName","Company"');
    expect(failed[1]).to.equal(
      '"","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --","","Example Harbor Ltd"'
    );
    expect((await result(job.id, 'successfulResults')).trimEnd().split('\n')).to.have.length(447);
    expect(await result(job.id, 'unprocessedrecords')).to.equal('"LastName","Company"\n');
  });

  it('leaves empty values alone and empties #N/A', async () => {
    const [id] = await newLeads(['Blank']);
    await fx.call('PATCH', `/sobjects/Lead/${id}`, { City: 'Quay', Street: 'Pier 1' });
    await run({ object: 'Lead', operation: 'update' }, `Id,City,Street\n${id},,#N/A\n`);
    const { body } = await fx.call('GET', `/sobjects/Lead/${id}?fields=City,Street`);
    expect([body.City, body.Street]).to.deep.equal(['Quay', null]);
  });

  for (const [name, delimiter] of [
    ['BACKQUOTE', '`'],
    ['CARET', '^'],
    ['PIPE', '|'],
    ['SEMICOLON', ';'],
    ['TAB', '\t'],
    ['COMMA', ','],
  ]) {
    it(`reads ${name} and CRLF`, async () => {
      const [id] = await newLeads(['Delimited']);
      const text = `Id${delimiter}City\r\n${id}${delimiter}"Q${delimiter}x"\r\n`;
      const job = await run({ object: 'Lead', operation: 'update', columnDelimiter: name, lineEnding: 'CRLF' }, text);
      expect(job).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
      expect((await fx.call('GET', `/sobjects/Lead/${id}`)).body.City).to.equal(`Q${delimiter}x`);
      const success = await result(job.id, 'successfulResults');
      expect(success.split('\r\n')[1]).to.equal(
        [id, 'false', id, `Q${delimiter}x`].map((v) => `"${v}"`).join(delimiter)
      );
    });
  }

  it('fails jobs whose data cannot be read, and says why', async () => {
    const cases: Array<[string, string]> = [
      ['Id,Nothing__c\nx,y\n', 'InvalidBatch : Field name not found : Nothing__c'],
      ['Id,City\nx,"y\n', 'Quoted field unterminated'],
      ['Id,City\nx,y,z\n', '3 columns in record 1, expected 2'],
      ['Id,City\r\nx,y\r\n', 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF'],
      ['', 'no header row'],
    ];
    for (const [text, message] of cases) {
      const job = await run({ object: 'Lead', operation: 'update' }, text);
      expect(job.state, text).to.equal('Failed');
      expect(job.errorMessage).to.contain(message);
      expect(job.numberRecordsProcessed).to.equal(0);
    }
  });

  it('keeps committed chunks of a job that fails later, and lists the rest as unprocessed', async () => {
    const good = Array.from({ length: 400 }, (_, i) => `F${i},Example Harbor Ltd`);
    const job = await run(
      { object: 'Lead', operation: 'insert' },
      `LastName,Company\n${good.join('\n')}\nbad,row,here\n`
    );
    expect(job).to.include({ state: 'Failed', numberRecordsProcessed: 400 });
    expect((await result(job.id, 'successfulResults')).trimEnd().split('\n')).to.have.length(401);
  });

  it('refuses what cannot be a job', async () => {
    const cases: Array<[object, string]> = [
      [{ object: 'Nothing', operation: 'insert' }, 'INVALIDENTITY'],
      [{ object: 'Lead', operation: 'explode' }, 'INVALIDOPERATION'],
      [{ object: 'Lead', operation: 'upsert' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'upsert', externalIdFieldName: 'City' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'insert', columnDelimiter: 'COLON' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'insert', lineEnding: 'CR' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'insert', contentType: 'XML' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'update', assignmentRuleId: '01Q000000000001AAA' }, 'INVALID_ASSIGNMENT_RULE'],
      [{ object: 'EntityDefinition', operation: 'insert' }, 'INVALIDENTITY'],
    ];
    for (const [spec, code] of cases) {
      const { status, body } = await fx.call('POST', '/jobs/ingest', spec);
      expect([status, body[0].errorCode], JSON.stringify(spec)).to.deep.equal([400, code]);
    }
  });

  it('takes one upload, and only while the job is open', async () => {
    const { id } = await open({ object: 'Lead', operation: 'insert' });
    const path = `/jobs/ingest/${id}/batches`;
    expect((await fx.call('PUT', path, '{}', { 'content-type': 'application/json' })).status).to.equal(415);
    expect((await csv('LastName,Company\nA,B\n', path)).status).to.equal(201);
    expect((await csv('LastName,Company\nA,B\n', path)).body[0].errorCode).to.equal('INVALIDJOBSTATE');
    expect((await fx.call('DELETE', `/jobs/ingest/${id}`)).status).to.equal(400);
    expect((await fx.call('GET', `/jobs/ingest/${id}/successfulResults`)).status).to.equal(400);
    const aborted = await fx.call('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' });
    expect(aborted.body.state).to.equal('Aborted');
    expect(await result(id, 'unprocessedrecords')).to.equal('"LastName","Company"\n"A","B"\n');
    expect((await csv('x', path)).status).to.equal(400);
    expect((await fx.call('DELETE', `/jobs/ingest/${id}`)).status).to.equal(204);
    expect((await fx.call('GET', `/jobs/ingest/${id}`)).status).to.equal(404);
  });

  it('fails a job whose upload is too large', async () => {
    const { id } = await open({ object: 'Lead', operation: 'insert' });
    const { status, body } = await csv(`LastName,Company\n${'x'.repeat(30_000)},y\n`, `/jobs/ingest/${id}/batches`);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALIDBATCH']);
    const job = (await fx.call('GET', `/jobs/ingest/${id}`)).body;
    expect(job.state).to.equal('Failed');
    expect(job.errorMessage).to.contain('Maximum data size exceeded');
  });

  it('lists jobs', async () => {
    const { body } = await fx.call(
      'GET',
      '/jobs/ingest?isPkChunkingEnabled=false&jobType=V2Ingest&concurrencyMode=parallel'
    );
    expect(body.done).to.equal(true);
    expect(body.records.length).to.be.greaterThan(3);
    expect(body.records[0]).to.include({
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 66,
      jobType: 'V2Ingest',
    });
    expect((await fx.call('GET', '/jobs/ingest?jobType=Classic')).body.records).to.deep.equal([]);
  });

  it('does not delete for good without the permission', async () => {
    const soql =
      "SELECT Username FROM User WHERE UserType = 'Standard' AND IsActive = true AND Username != 'admin@practice.example.com' LIMIT 1";
    const [user] = (await fx.conn.query<{ Username: string }>(soql)).records;
    if (!user) return;
    const { token } = await fx.control.session(user.Username);
    const answer = await request(fx.server.url, token, 'POST', '/services/data/v66.0/jobs/ingest', {
      object: 'Lead',
      operation: 'hardDelete',
    });
    expect(answer.status).to.equal(400);
  });

  it('deletes for good', async () => {
    const [id] = await newLeads(['Gone']);
    const job = await run({ object: 'Lead', operation: 'hardDelete' }, `Id\n${id}\n`);
    expect(job).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
    const left = await fx.call('GET', `/queryAll?q=${encodeURIComponent(`SELECT Id FROM Lead WHERE Id = '${id}'`)}`);
    expect(left.body.totalSize).to.equal(0);
  });

  it('locks rows on demand, in the chunk asked for', async () => {
    const names = Array.from({ length: 400 }, (_, i) => `K${i},Example Harbor Ltd`).join('\n');
    await fx.control.setFaults([
      { kind: 'lock-rows', method: 'CHUNK', path: '/jobs/ingest/Lead/insert', nth: 2, every: 4 },
    ]);
    const job = await run({ object: 'Lead', operation: 'insert' }, `LastName,Company\n${names}\n`);
    await fx.control.clearFaults();
    expect(job).to.include({ state: 'JobComplete', numberRecordsProcessed: 400, numberRecordsFailed: 50 });
    const failed = (await result(job.id, 'failedResults')).split('\n');
    expect(failed[1]).to.contain('UNABLE_TO_LOCK_ROW:').and.to.contain('"K203"');
  });

  it('fails a job on demand, after so many chunks', async () => {
    const names = Array.from({ length: 500 }, (_, i) => `J${i},Example Harbor Ltd`).join('\n');
    await fx.control.setFaults([{ kind: 'fail-job', nth: 2 }]);
    const job = await run({ object: 'Lead', operation: 'insert' }, `LastName,Company\n${names}\n`);
    await fx.control.clearFaults();
    expect(job).to.include({ state: 'Failed', numberRecordsProcessed: 200 });
    expect((await result(job.id, 'unprocessedrecords')).trimEnd().split('\n')).to.have.length(301);
  });
});
