import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { openPracticeOrg } from '../../../src/practice/org.js';
import { startPracticeServer } from '../../../src/practice/server.js';
import jsforce from 'jsforce';
import type { Fixture } from '../http/fixture.js';
import {
  deploy,
  deployZip,
  file,
  finished,
  manifest,
  problems,
  rows,
  start,
  zipOf,
  type Files,
  type Types,
} from './support.js';

const group = (name: string): string =>
  file('Group', `<doesIncludeBosses>true</doesIncludeBosses><name>${name}</name>`);
const groups = (...names: string[]): Files =>
  Object.fromEntries(names.map((name) => [`groups/${name}.group`, group(name)]));

const refusal = async (work: () => PromiseLike<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return String(error);
  }
  throw new Error('Not refused');
};

/** A group whose name is too long for its field. */
const BAD = group('x'.repeat(41));

describe('deploys', () => {
  let fixture: Fixture;

  const stored = (): unknown[] =>
    rows(fixture, `SELECT "DeveloperName" AS name FROM "Group" WHERE "Type" = 'Regular' ORDER BY 1`).map(
      ({ name }) => name
    );
  const put = (types: Types, files: Files, options = {}): ReturnType<typeof deploy> =>
    deploy(fixture.conn, types, files, options);

  beforeEach(async () => (fixture = await start()));
  afterEach(() => fixture.close());

  it('answer Queued, go on by themselves, and tell how far they are', async () => {
    await fixture.close();
    fixture = await start('empty', {}, { delay: 120 });
    const { id, done, state } = (await fixture.conn.metadata.deploy(
      zipOf({ 'package.xml': manifest({ Group: ['*'] }), ...groups('One', 'Two') })
    )) as unknown as Record<string, unknown>;
    expect({ done, state }).to.deep.equal({ done: false, state: 'Queued' });
    const seen = new Set<string>();
    for (;;) {
      const result = await fixture.conn.metadata.checkDeployStatus(String(id), true);
      seen.add(`${result.status} ${result.numberComponentsDeployed}/${result.numberComponentsTotal}`);
      if (result.done) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect([...seen]).to.deep.equal(
      ['Pending 0/0', 'InProgress 0/0', 'InProgress 0/2', 'Succeeded 2/2'].filter((line) => seen.has(line))
    );
    expect([...seen]).to.include.members(['Pending 0/0', 'InProgress 0/2', 'Succeeded 2/2']);
  });

  it('go back as a whole where one component fails', async () => {
    const before = stored();
    const result = await put({ Group: ['Good', 'Bad'] }, { ...groups('Good'), 'groups/Bad.group': BAD });
    expect(result).to.deep.include({
      status: 'Failed',
      success: false,
      numberComponentErrors: 1,
      numberComponentsTotal: 2,
    });
    expect(result.failures[0]).to.deep.include({
      fullName: 'Bad',
      componentType: 'Group',
      fileName: 'groups/Bad.group',
      success: false,
    });
    expect(stored()).to.deep.equal(before);
  });

  it('keep what is good where they are told to', async () => {
    const result = await put(
      { Group: ['Good', 'Bad'] },
      { ...groups('Good'), 'groups/Bad.group': BAD },
      { rollbackOnError: false }
    );
    expect(result).to.deep.include({
      status: 'SucceededPartial',
      numberComponentErrors: 1,
      numberComponentsDeployed: 1,
    });
    expect(stored()).to.deep.equal(['Good']);
    const none = await put({ Group: ['Bad'] }, { 'groups/Bad.group': BAD }, { rollbackOnError: false });
    expect(none.status).to.equal('Failed');
  });

  it('only check where they are told to, and can then be deployed quickly for ten days', async () => {
    const checked = await put({ Group: ['One'] }, groups('One'), { checkOnly: true });
    expect(checked).to.deep.include({ status: 'Succeeded', success: true });
    expect(checked.successes[0]).to.deep.include({ created: true, fullName: 'One' });
    expect(stored()).to.deep.equal([]);
    const id = await fixture.conn.metadata.deployRecentValidation({ id: checked.id });
    expect(await finished(fixture.conn, String(id))).to.deep.include({ status: 'Succeeded' });
    expect(stored()).to.deep.equal(['One']);
    const again = await put({ Group: ['Two'] }, groups('Two'), { checkOnly: true });
    fixture.org.store.db
      .prepare('UPDATE "DeployRequest" SET "CompletedDate" = ? WHERE "Id" = ?')
      .run('2026-01-01T00:00:00.000+0000', again.id);
    for (const old of [again.id, id, '0AfgL0000000099UAA']) {
      const error = await refusal(() => fixture.conn.metadata.deployRecentValidation({ id: String(old) }));
      expect(error).to.contain('no validation of that id');
    }
    expect(stored()).to.deep.equal(['One']);
  });

  it('delete before and after', async () => {
    await put({ Group: ['Old', 'Older'] }, groups('Old', 'Older'));
    const result = await deployZip(
      fixture.conn,
      zipOf({
        'package.xml': manifest({ Group: ['New'] }),
        ...groups('New'),
        'destructiveChangesPre.xml': manifest({ Group: ['Old', 'Never'] }),
        'destructiveChangesPost.xml': manifest({ Group: ['Older'] }),
      })
    );
    expect(problems(result)).to.deep.equal([]);
    expect(result.status).to.equal('Succeeded');
    expect(stored()).to.deep.equal(['New']);
    expect(result.successes.find(({ fullName }) => fullName === 'Older')).to.deep.include({
      fileName: 'destructiveChangesPost.xml',
      deleted: true,
      success: true,
    });
    expect(result.successes.find(({ fullName }) => fullName === 'Never')).to.deep.include({
      problem: 'No Group named: Never found',
      problemType: 'Warning',
      success: true,
      deleted: false,
    });
    expect(result.successes.map(({ fullName }) => fullName)).to.deep.equal(['Old', 'Never', 'New', 'Older']);
  });

  it('take deletions alone, and refuse wildcards and unknown types in them', async () => {
    await put({ Group: ['One'] }, groups('One'));
    const destructive = (types: Types): Buffer =>
      zipOf({ 'package.xml': manifest({}), 'destructiveChanges.xml': manifest(types) });
    expect(problems(await deployZip(fixture.conn, destructive({ Group: ['*'] })))[0]).to.match(/Wildcards/);
    expect(problems(await deployZip(fixture.conn, destructive({ Nothing: ['X'] })))).to.deep.equal([
      "Unknown type name 'Nothing' specified in package.xml",
    ]);
    expect(problems(await deployZip(fixture.conn, destructive({ Settings: ['Communities'] })))[0]).to.match(
      /cannot be deleted/
    );
    expect(stored()).to.deep.equal(['One']);
    expect((await deployZip(fixture.conn, destructive({ Group: ['One'] }))).success).to.equal(true);
    expect(stored()).to.deep.equal([]);
  });

  it('hold files and package.xml against each other', async () => {
    const missing = await put({ Group: ['One', 'Absent'], Flowers: ['X'] }, groups('One', 'Extra'));
    expect(
      missing.failures.map(({ fullName, fileName, problem }) => [fullName, fileName, problem])
    ).to.have.deep.members([
      [
        'Absent',
        'package.xml',
        "An object 'Absent' of type Group was named in package.xml, but was not found in zipped directory",
      ],
      ['package.xml', 'package.xml', "Unknown type name 'Flowers' specified in package.xml"],
      ['Extra', 'groups/Extra.group', 'Not in package.xml'],
    ]);
    const stray = await put(
      { Group: ['One'] },
      { ...groups('One'), 'groups/readme.txt': 'x', 'flowers/Rose.flower': 'x' }
    );
    expect(stray.failures.map(({ fileName, problem }) => [fileName, problem])).to.have.deep.members([
      ['groups/readme.txt', 'Not in package.xml'],
      ['flowers/Rose.flower', 'Unknown folder in package: flowers'],
    ]);
    const none = await deployZip(fixture.conn, zipOf(groups('One')));
    expect(none.failures[0]).to.deep.include({ problem: 'No package.xml found', fileName: 'package.xml' });
    expect(stored()).to.deep.equal([]);
  });

  it('take packages within a folder, and tell the place of what is not XML', async () => {
    const inside = {
      'pkg/package.xml': manifest({ Group: ['One', 'Broken'] }),
      'pkg/groups/One.group': group('One'),
      'pkg/groups/Broken.group': '<?xml version="1.0"?>\n<Group>\n  <name>x</nome>\n</Group>',
    };
    const result = await deployZip(fixture.conn, zipOf(inside), { singlePackage: true });
    expect(result.failures[0]).to.deep.include({
      fileName: 'pkg/groups/Broken.group',
      lineNumber: 3,
      problemType: 'Error',
    });
    expect(problems(result)[0]).to.match(/^Error parsing file: /);
    const wrong = await put({ Group: ['One'] }, { 'groups/One.group': file('Queue', '<name>x</name>') });
    expect(problems(wrong)[0]).to.match(/Unexpected element .*Queue in type Group/);
    const doctype = '<!DOCTYPE Group [<!ENTITY a "b">]>' + group('&a;').replace(/^<\?xml.*\n/, '');
    expect(problems(await put({ Group: ['One'] }, { 'groups/One.group': doctype }))[0]).to.match(
      /Document type declarations are not allowed/
    );
  });

  it('refuse zips that are none, that lead outside, or that are too large', async () => {
    const failed = async (zip: Buffer): Promise<string> => {
      const { status, errorMessage } = await deployZip(fixture.conn, zip);
      expect(status).to.equal('Failed');
      return errorMessage ?? '';
    };
    expect(await failed(Buffer.from('no zip at all'))).to.match(/^Invalid zip: /);
    const name = (path: string): Buffer => zipOf({ 'package.xml': manifest({}), [path]: 'x' });
    for (const path of ['../evil.txt', '/etc/passwd', 'groups/../../evil', 'C:/evil', 'groups\\evil', './groups/x']) {
      expect(await failed(name(path)), path).to.match(/path|characters/i);
    }
    await fixture.close();
    fixture = await startLimited();
    expect(await failed(zipOf({ 'package.xml': manifest({}), ...groups('A', 'B', 'C') }))).to.match(
      /Maximum number of files/
    );
    expect(await failed(zipOf({ 'package.xml': manifest({}), 'groups/A.group': 'x'.repeat(5000) }))).to.match(
      /Maximum size of the unzipped/
    );
    expect(stored()).to.deep.equal([]);
  });

  const startLimited = async (): Promise<Fixture> => {
    const { startFixture } = await import('../http/fixture.js');
    return startFixture({ metadata: { limits: { files: 3, zipBytes: 100_000, bytes: 4000 } } }, { scenario: 'empty' });
  };

  it('can be cancelled before they are written', async () => {
    await fixture.close();
    fixture = await start('empty', {}, { delay: 60 });
    const { id } = await fixture.conn.metadata.deploy(
      zipOf({ 'package.xml': manifest({ Group: ['One'] }), ...groups('One') })
    );
    const answer = (await fixture.conn.metadata.cancelDeploy(id)) as unknown as Record<string, unknown>;
    expect(answer).to.deep.include({ id });
    const result = await finished(fixture.conn, id);
    expect(result).to.deep.include({ status: 'Canceled', success: false });
    expect(stored()).to.deep.equal([]);
    expect(await refusal(() => fixture.conn.metadata.cancelDeploy(id))).to.contain('already completed');
  });

  it('come one after the other', async () => {
    await fixture.close();
    fixture = await start('empty', {}, { delay: 20 });
    const one = await fixture.conn.metadata.deploy(
      zipOf({ 'package.xml': manifest({ Group: ['One'] }), ...groups('One') })
    );
    const two = await fixture.conn.metadata.deploy(
      zipOf({ 'package.xml': manifest({ Group: ['Two'] }), ...groups('Two') })
    );
    const statuses = async (): Promise<string[]> =>
      Promise.all([one, two].map(async ({ id }) => (await fixture.conn.metadata.checkDeployStatus(id)).status));
    const seen: string[][] = [];
    do seen.push(await statuses());
    while (seen.at(-1)!.some((status) => status !== 'Succeeded'));
    expect(seen.every(([first, second]) => second === 'Pending' || first === 'Succeeded')).to.equal(true);
  });

  it('are found by a Tooling query, newest first', async () => {
    await put({ Group: ['One'] }, groups('One'), { checkOnly: true });
    const { id } = await put({ Group: ['One'] }, groups('One'));
    const soql =
      'SELECT Id, Status, CheckOnly, StartDate, CompletedDate, CreatedById, CreatedDate FROM DeployRequest ORDER BY CreatedDate DESC, Id DESC';
    const { records } = await fixture.conn.tooling.query(soql);
    expect(records).to.have.length(2);
    expect(records[0]).to.deep.include({ Id: id, Status: 'Succeeded', CheckOnly: false });
    expect(records[1]).to.deep.include({ CheckOnly: true });
    const error = await refusal(() => fixture.conn.query('SELECT Id FROM DeployRequest'));
    expect(error).to.contain('INVALID_TYPE');
  });

  it('refuse options that they cannot follow, and users who may not deploy', async () => {
    const zip = zipOf({ 'package.xml': manifest({}) });
    for (const options of [{ allowMissingFiles: true }, { testLevel: 'Some' }, { nonsense: true }]) {
      expect(await refusal(() => deployZip(fixture.conn, zip, options))).to.contain('INVALID_OPERATION');
    }
    const { numberTestsTotal, status } = await deployZip(fixture.conn, zip, { testLevel: 'RunLocalTests' });
    expect({ numberTestsTotal, status }).to.deep.equal({ numberTestsTotal: 0, status: 'Succeeded' });
    await fixture.close();
    fixture = await start({ leads: 5 });
    const { token } = await fixture.control.session(standardUser());
    const conn = new jsforce.Connection({ instanceUrl: fixture.server.url, accessToken: token, version: '66.0' });
    expect(await refusal(() => deployZip(conn, zip))).to.contain('INSUFFICIENT_ACCESS');
  });

  const standardUser = (): string =>
    String(
      rows(
        fixture,
        `SELECT u."Username" AS name FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE p."Name" = 'Standard User' AND u."IsActive" = 1 LIMIT 1`
      )[0]!.name
    );
});

describe('deploys and a server that dies', () => {
  const zip = zipOf({ 'package.xml': manifest({ Group: ['One'] }), ...groups('One') });

  class Died extends Error {}

  for (const [kind, after] of [
    ['kill-before-commit', 'InProgress'],
    ['kill-after-commit', 'Succeeded'],
  ] as const) {
    it(`are finished once by the next server: ${kind}`, async () => {
      let died = false;
      const fixture = await start();
      await fixture.server.close();
      const die = (): never => {
        died = true;
        // What is not committed is lost, and nothing more is written.
        fixture.org.store.db.close();
        throw new Died();
      };
      const faults = [{ kind, method: 'DEPLOY', path: '/metadata/deploy' }];
      const server = await startPracticeServer({ org: fixture.org, faults, die });
      const conn = new jsforce.Connection({ instanceUrl: server.url, accessToken: fixture.token, version: '66.0' });
      const { id } = await conn.metadata.deploy(zip);
      while (!died) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.close();
      // Its timers end; its file is closed already.
      expect(() => fixture.org.close()).to.throw();
      const org = openPracticeOrg({ folder: fixture.folder });
      const status = (): unknown =>
        org.store.db.prepare('SELECT "Status" AS status FROM "DeployRequest" WHERE "Id" = ?').get(id)!.status;
      expect(status()).to.equal(after);
      const next = await startPracticeServer({ org });
      await next.idle();
      const count = org.store.db.prepare(`SELECT count(*) AS n FROM "Group" WHERE "DeveloperName" = 'One'`).get();
      expect(count!.n).to.equal(1);
      expect(org.store.db.prepare('SELECT "Status" AS status FROM "DeployRequest"').get()!.status).to.equal(
        'Succeeded'
      );
      await next.close();
      org.close();
      rmSync(fixture.folder, { recursive: true, force: true });
    });
  }
});
