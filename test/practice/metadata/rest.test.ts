import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { file, finished, manifest, rows, start, zipOf } from './support.js';

const group = file('Group', '<doesIncludeBosses>true</doesIncludeBosses><name>One</name>');
const ZIP = zipOf({ 'package.xml': manifest({ Group: ['One'] }), 'groups/One.group': group });

type Shown = {
  id: string;
  deployOptions: Record<string, unknown>;
  deployResult: {
    done: boolean;
    status: string;
    success: boolean;
    details?: { componentSuccesses: unknown[]; componentFailures: unknown[] };
  };
};

describe('deploys over REST', () => {
  let fixture: Fixture;

  const count = (): unknown => rows(fixture, `SELECT count(*) AS n FROM "Group" WHERE "DeveloperName" = 'One'`)[0]!.n;
  const post = async (body: FormData): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${fixture.server.url}/services/data/v66.0/metadata/deployRequest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fixture.token}` },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
  const form = (options: object, zip: Buffer | undefined = ZIP): FormData => {
    const data = new FormData();
    data.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.xml');
    data.append('entity_content', JSON.stringify({ deployOptions: options }));
    return data;
  };
  const get = async (id: string, details = true): Promise<Shown> =>
    (await fixture.call('GET', `/metadata/deployRequest/${id}?includeDetails=${details}`)).body as Shown;

  afterEach(() => fixture.close());

  it('are taken as multipart, and shown with and without details', async () => {
    fixture = await start();
    const { status, body } = await post(form({ singlePackage: true, rollbackOnError: true }));
    const { id, deployOptions, deployResult } = body as Shown;
    expect(status).to.equal(201);
    expect(deployOptions).to.deep.include({ singlePackage: true, rollbackOnError: true, checkOnly: false });
    expect(deployResult).to.deep.include({ done: false, status: 'Pending' });
    await finished(fixture.conn, id);
    const shown = await get(id);
    expect(shown.deployResult).to.deep.include({ done: true, status: 'Succeeded', success: true });
    expect(shown.deployResult.details!.componentSuccesses).to.have.length(1);
    expect(shown.deployResult.details!.componentFailures).to.deep.equal([]);
    expect((await get(id, false)).deployResult.details).to.equal(undefined);
    expect(count()).to.equal(1);
  });

  it('are taken from jsforce, and validated ones deployed quickly', async () => {
    fixture = await start();
    const { id } = await fixture.conn.metadata.deployRest(ZIP, { checkOnly: true, rollbackOnError: true });
    expect((await finished(fixture.conn, id)).status).to.equal('Succeeded');
    expect(count()).to.equal(0);
    const quick = String(await fixture.conn.metadata.deployRecentValidation({ id, rest: true }));
    expect((await finished(fixture.conn, quick)).status).to.equal('Succeeded');
    expect(count()).to.equal(1);
    const byPath = await fixture.call('POST', `/metadata/deployRequest/validatedDeployRequestId/${id}`);
    expect(byPath.status).to.equal(201);
  });

  it('are cancelled by PATCH', async () => {
    fixture = await start('empty', {}, { delay: 60 });
    const { id } = (await post(form({}))).body as Shown;
    const address = `/metadata/deployRequest/${id}`;
    expect((await fixture.call('PATCH', address, { deployResult: { status: 'Succeeded' } })).status).to.equal(400);
    const cancelled = await fixture.call('PATCH', address, { deployResult: { status: 'Canceling' } });
    expect(cancelled.status).to.equal(202);
    expect((cancelled.body as Shown).deployResult.status).to.equal('Canceling');
    expect((await finished(fixture.conn, id)).status).to.equal('Canceled');
    expect(count()).to.equal(0);
  });

  it('are refused in the shape of REST', async () => {
    fixture = await start();
    const codes = ({ status, body }: { status: number; body: unknown }): unknown[] => [
      status,
      (body as Array<{ errorCode: string }>)[0]!.errorCode,
    ];
    expect(codes(await post(form({ testLevel: 'Nonsense' })))).to.deep.equal([400, 'INVALID_OPERATION']);
    const empty = new FormData();
    empty.append('entity_content', '{}');
    expect(codes(await post(empty))).to.deep.equal([400, 'INVALID_MULTIPART_REQUEST']);
    expect(
      codes(await fixture.call('POST', '/metadata/deployRequest', 'zip', { 'content-type': 'application/zip' }))
    ).to.deep.equal([400, 'INVALID_MULTIPART_REQUEST']);
    expect(
      codes(await fixture.call('POST', '/metadata/deployRequest', { validatedDeployRequestId: '0AfgL0000000009UAA' }))
    ).to.deep.equal([400, 'INVALID_ID_FIELD']);
    expect(codes(await fixture.call('GET', '/metadata/deployRequest/0AfgL0000000009UAA'))).to.deep.equal([
      404,
      'NOT_FOUND',
    ]);
    const composite = {
      compositeRequest: [{ method: 'POST', url: '/services/data/v66.0/metadata/deployRequest', referenceId: 'a' }],
    };
    const answer = await fixture.call('POST', '/composite', composite);
    expect(JSON.stringify(answer.body)).to.contain('not supported in a composite request');
  });
});
