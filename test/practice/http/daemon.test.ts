/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument
   -- the answers of a server have many shapes, and each assertion tells which it expects */
import { request as rawRequest } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { PracticeControl } from '../../../src/practice/control/client.js';
import { runningState, spawnPractice } from '../../../src/practice/control/spawn.js';
import { isAlive, readState, type DaemonState } from '../../../src/practice/control/state-file.js';
import type { DaemonConfig } from '../../../src/practice/daemon.js';
import { request, type Answer } from './fixture.js';

const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(20)) if (await what()) return;
  throw new Error('it never happened');
};

describe('practice daemon', function () {
  this.timeout(60_000);
  let folder: string;
  let state: DaemonState | undefined;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'practice-daemon-'))));
  afterEach(async () => {
    if (state && isAlive(state)) {
      process.kill(state.pid!, 'SIGKILL');
      await until(() => !isAlive(state));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (more: Partial<DaemonConfig> = {}): Promise<DaemonState> =>
    (state = await spawnPractice({ folder, scenario: 'empty', ...more }));

  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    request(state!.url, state!.accessToken, method, `/services/data/v66.0${path}`, body, headers);

  const control = (): PracticeControl => new PracticeControl(state!.url, state!.controlToken!);

  it('starts, answers, keeps its port and its data, and stops', async () => {
    await start();
    expect(statSync(join(folder, 'daemon.json')).mode & 0o777).to.equal(0o600);
    expect((await control().status()).pid).to.equal(state!.pid);
    expect((await spawnPractice({ folder, scenario: 'empty' })).pid).to.equal(state!.pid);
    expect((await call('POST', '/sobjects/Account', { Name: 'Example Quay GmbH' })).status).to.equal(201);
    const { port, pid } = state!;
    await control().stop();
    await until(() => !isAlive({ pid, port, url: '' }));
    expect(runningState({ folder })).to.equal(undefined);
    expect(readFileSync(join(folder, 'daemon.json'), 'utf8')).to.not.contain('Token');
    await start();
    expect(state!.port).to.equal(port);
    expect((await control().status()).counts.Account).to.equal(1);
    process.kill(state!.pid!, 'SIGTERM');
    await until(() => !isAlive(state));
    expect(readState(join(folder, 'daemon.json'))!.pid).to.equal(undefined);
  });

  it('makes the org anew, with another session', async () => {
    await start();
    await call('POST', '/sobjects/Account', { Name: 'Example Quay GmbH' });
    expect((await control().reset()).counts.Account).to.equal(0);
    expect((await call('GET', '/limits')).status).to.equal(401);
    state = runningState({ folder })!;
    expect((await call('GET', '/limits')).status).to.equal(200);
  });

  it('says why it does not start', async () => {
    const error = await spawnPractice({ folder, variants: { nothing: 'x' } }).then(
      () => undefined,
      (e: Error) => e
    );
    expect(error!.message).to.contain('Unknown variant nothing=x');
  });

  const rows = 1050;
  const csv = `LastName,Company\n${Array.from({ length: rows }, (_, i) => `D${i},${i % 7 ? 'Example Harbor Ltd' : ''}`).join('\n')}\n`;

  for (const kind of ['kill-before-commit', 'kill-after-commit']) {
    for (const nth of [1, 3, 6]) {
      it(`goes on with a Bulk job after ${kind} of chunk ${nth}, nothing lost and nothing twice`, async () => {
        await start({ faults: [{ kind, method: 'CHUNK', nth }] });
        const { id } = (await call('POST', '/jobs/ingest', { object: 'Lead', operation: 'insert' })).body;
        await call('PUT', `/jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' });
        await call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' }).catch(() => undefined);
        await until(() => !isAlive(state));
        await start();
        await control().idle();
        const job = (await call('GET', `/jobs/ingest/${id}`)).body;
        expect(job).to.include({ state: 'JobComplete', numberRecordsProcessed: rows, numberRecordsFailed: 150 });
        expect((await control().status()).counts.Lead).to.equal(rows - 150);
        for (const [which, count] of [
          ['successfulResults', 900],
          ['failedResults', 150],
        ] as const) {
          const lines = (await call('GET', `/jobs/ingest/${id}/${which}`)).body.trimEnd().split('\n').slice(1);
          const names = lines.map((line: string) => line.split(',').at(-2));
          expect([names.length, new Set(names).size], which).to.deep.equal([count, count]);
        }
      });
    }
  }

  it('goes on with a Bulk job however often it is killed', async () => {
    await start();
    const many = 20_000;
    const text = `LastName,Company\n${Array.from({ length: many }, (_, i) => `R${i},Example Harbor Ltd`).join('\n')}\n`;
    const { id } = (await call('POST', '/jobs/ingest', { object: 'Lead', operation: 'insert' })).body;
    await call('PUT', `/jobs/ingest/${id}/batches`, text, { 'content-type': 'text/csv' });
    await call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    let kills = 0;
    for (let done = false; !done;) {
      await pause(60 + 40 * kills);
      process.kill(state!.pid!, 'SIGKILL');
      await until(() => !isAlive(state));
      kills++;
      await start();
      if (kills === 4) await control().idle();
      done = (await call('GET', `/jobs/ingest/${id}`)).body.state === 'JobComplete';
    }
    expect(kills).to.be.greaterThan(1);
    expect((await control().status()).counts.Lead).to.equal(many);
    const lines = (await call('GET', `/jobs/ingest/${id}/successfulResults`)).body.trimEnd().split('\n').slice(1);
    expect([lines.length, new Set(lines.map((line: string) => line.slice(1, 19))).size]).to.deep.equal([many, many]);
  });

  it('takes an upload again that a kill has cut off', async () => {
    await start();
    const { id } = (await call('POST', '/jobs/ingest', { object: 'Lead', operation: 'insert' })).body;
    const path = `/jobs/ingest/${id}/batches`;
    const { hostname, port } = new URL(state!.url);
    const headers = {
      authorization: `Bearer ${state!.accessToken}`,
      'content-type': 'text/csv',
      'transfer-encoding': 'chunked',
    };
    const upload = rawRequest({ hostname, port, method: 'PUT', path: `/services/data/v66.0${path}`, headers });
    upload.on('error', () => undefined);
    upload.write('LastName,Company\nHalf');
    await pause(200);
    process.kill(state!.pid!, 'SIGKILL');
    await until(() => !isAlive(state));
    await start();
    expect((await call('GET', `/jobs/ingest/${id}`)).body.state).to.equal('Open');
    expect(
      (await call('PUT', path, 'LastName,Company\nWhole,Example Harbor Ltd\n', { 'content-type': 'text/csv' })).status
    ).to.equal(201);
    await call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    await control().idle();
    expect((await control().status()).counts.Lead).to.equal(1);
  });
});
