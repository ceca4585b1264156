/** Bad input is refused whole, with words, before anything is written. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import { runCommand } from '../helpers/command.js';
import { register, startTestOrg, type TestOrg } from '../helpers/practice.js';

const WHERE = ['--where', 'IsConverted = false'];
const TO = ['--to', 'Partner Leads North', '--to', 'Partner Leads South'];

describe('bad input of channel lead distribute', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let folder: string;
  let leads: string[];

  before(async () => {
    org = await startTestOrg({ leads: 60 });
    org.org.logWrites = true;
    folder = await mkdtemp(join(process.env.HOME!, 'input-'));
    leads = org.query<{ Id: string }>('SELECT Id FROM Lead WHERE IsConverted = false').map(({ Id }) => Id);
  });
  after(() => org.close());
  afterEach(async () => expect(await org.control.writes(), 'nothing is written').to.deep.equal([]));

  async function refused(args: string[], name: string, ...words: Array<string | RegExp>): Promise<void> {
    const { error, exitCode, stderr } = await runCommand(LeadDistribute, [
      '--target-org',
      org.username,
      '--no-prompt',
      ...args,
    ]);
    expect(error, 'an error').not.to.equal(undefined);
    expect(exitCode).to.equal(1);
    expect(error!.name).to.equal(name);
    for (const word of words)
      expect(error!.message).to.match(
        typeof word === 'string' ? new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : word
      );
    expect(error!.actions, 'what to do').to.have.length.above(0);
    expect(stderr).to.contain(error!.message.split('\n')[0]);
  }

  async function file(text: string): Promise<string> {
    const path = join(folder, `input-${Math.random().toString(36).slice(2)}.csv`);
    await writeFile(path, text);
    return path;
  }

  it('names an unknown queue, and those that there are', () =>
    refused(
      [...WHERE, '--to', 'Partner Leads Nowhere'],
      'TargetsError',
      '"Partner Leads Nowhere" is no queue',
      'Partner Leads Nordics'
    ));

  it('names every bad member at once', () =>
    refused([...WHERE, '--to', 'Nobody', '--to', 'Nothing:3'], 'TargetsError', '2 member(s)', '"Nobody"', '"Nothing"'));

  it('refuses a queue that does not take leads', () => {
    const [queue] = org.query<{ Name: string }>(
      "SELECT Name FROM Group WHERE Type = 'Queue' AND Id NOT IN (SELECT QueueId FROM QueueSobject WHERE SobjectType = 'Lead')"
    );
    return refused([...WHERE, '--to', queue!.Name], 'TargetsError', 'does not take leads');
  });

  it('refuses the id of another object', () => {
    const [account] = org.query<{ Id: string }>('SELECT Id FROM Account LIMIT 1');
    return refused([...WHERE, '--to', account!.Id], 'TargetsError', 'the id of another object (it begins with 001)');
  });

  it('refuses an inactive user, and one who may not read leads', async () => {
    const [inactive] = org.query<{ Username: string }>('SELECT Username FROM User WHERE IsActive = false LIMIT 1');
    await refused([...WHERE, '--to', inactive!.Username], 'TargetsError', 'is not active');
    const [blind] = org.query<{ Username: string }>(
      "SELECT Username FROM User WHERE IsActive = true AND Profile.Name = 'Channel Reader (Example)' LIMIT 1"
    );
    if (blind) {
      const reads = org.query(
        "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Lead' AND PermissionsRead = true AND Parent.Profile.Name = 'Channel Reader (Example)'"
      );
      if (reads.length === 0) await refused([...WHERE, '--to', blind.Username], 'TargetsError', 'may not read leads');
    }
  });

  it('refuses a member named twice, by name and by id', () => {
    const [queue] = org.query<{ Id: string }>("SELECT Id FROM Group WHERE Name = 'Partner Leads North'");
    return refused([...WHERE, '--to', 'Partner Leads North', '--to', queue!.Id], 'TargetsError', 'is named twice');
  });

  it('refuses weights and caps that are none', async () => {
    await refused(
      [...WHERE, '--to', 'Partner Leads North:0'],
      'TargetsError',
      'The weight of "Partner Leads North" is 0'
    );
    await refused([...WHERE, ...TO, '--cap', 'Partner Leads North'], 'TargetsError', 'is not a cap');
    await refused([...WHERE, ...TO, '--cap', 'Partner Leads West=3'], 'TargetsError', 'names no member');
  });

  it('asks for members and for a selection', async () => {
    await refused(WHERE, 'NoTargetsError', 'No member was named');
    await refused(TO, 'NoSelectionError', 'No leads were selected');
  });

  it('refuses an empty selection', () =>
    refused([...TO, '--where', "Country = 'Nowhere'"], 'EmptySelectionError', "Country = 'Nowhere'"));

  for (const [where, words] of Object.entries({
    'IsConverted = false LIMIT 1': 'LIMIT',
    'IsConverted = false ORDER BY Name': 'ORDER BY',
    'IsConverted = false OFFSET 3': 'cannot be used',
    'IsConverted = false FOR UPDATE': 'FOR',
    'IsConverted = false WITH SECURITY_ENFORCED': 'SECURITY_ENFORCED',
    'IsConverted = false ALL ROWS': 'cannot be used',
    'IsConverted = false) OR (Id != null': 'cannot be used',
    'IsConverted = ': 'cannot be used',
    "Company = 'a' --": 'cannot be used',
    "Contry = 'Germany'": "No such column 'Contry'",
    "Country > 'x' FROM Account": 'cannot be used',
  })) {
    it(`refuses the condition "${where}"`, () => refused([...TO, '--where', where], 'WhereError', words, where));
  }

  it('names row and column of a malformed file', async () => {
    await refused(
      [...TO, '--file', await file(`Id,Name\n${leads[0]},A\n${leads[1]},"B\n`)],
      'FileMalformedError',
      /Row \d+, column/
    );
    await refused(
      [...TO, '--file', await file(`Id,Name\n${leads[0]},A\n${leads[1]},B,C\n`)],
      'FileMalformedError',
      'Row 3'
    );
    await refused([...TO, '--file', await file(`Lead,Name\n${leads[0]},A\n`)], 'FileNoColumnError', 'Lead, Name');
  });

  it('names row and column of a value that is no lead id', async () => {
    const [account] = org.query<{ Id: string }>('SELECT Id FROM Account LIMIT 1');
    await refused(
      [...TO, '--file', await file(`Name,Id\nA,${leads[0]}\nB,${account!.Id}\n`)],
      'FileBadIdError',
      'Row 3, column Id',
      account!.Id
    );
    await refused([...TO, '--file', await file(`${leads[0]!.toLowerCase()}\n`)], 'FileBadIdError', 'Row 1');
    await refused([...TO, '--file', await file(`Id\n${leads[0]}\n \n`)], 'FileBadIdError', '(empty)');
  });

  it('names both rows of an id that is there twice, also in its short form', async () => {
    await refused(
      [...TO, '--file', await file(`Id\n${leads[0]}\n${leads[1]}\n${leads[0]!.slice(0, 15)}\n`)],
      'FileDuplicateError',
      leads[0]!,
      'rows 2 and 4'
    );
  });

  it('says when the file is not there, or is empty', async () => {
    await refused([...TO, '--file', join(folder, 'nothing.csv')], 'FileMissingError', 'nothing.csv');
    await refused([...TO, '--file', await file('Id\n')], 'EmptySelectionError');
  });

  it('refuses a source that is no queue', () =>
    refused([...TO, '--from-queue', 'Nowhere'], 'FromQueueError', '"Nowhere"', 'Unassigned Leads'));

  it('refuses plans that were changed, are too old, or were made for something else', async () => {
    const plan = join(folder, 'plan.json');
    const made = await runCommand(LeadDistribute, [
      '--target-org',
      org.username,
      ...WHERE,
      ...TO,
      '--dry-run',
      '--plan-file',
      plan,
    ]);
    expect(made.exitCode).to.equal(0);
    const text = await readFile(plan, 'utf8');
    const parsed = JSON.parse(text) as { createdAt: string; kind: string; org: { id: string }; fingerprint: string };
    const write = (change: object): Promise<void> => writeFile(plan, JSON.stringify({ ...parsed, ...change }));
    await write({ createdAt: new Date(Date.now() - 25 * 3_600_000).toISOString() });
    await refused(['--plan', plan], 'PlanTooOldError', '25 hours');
    await write({ kind: 'run.undo' });
    await refused(['--plan', plan], 'PlanOtherKindError');
    await write({ org: { ...parsed.org, id: '00D000000000001AAA' } });
    await refused(['--plan', plan], 'PlanOtherOrgError');
    await write({ fingerprint: 'other' });
    await refused(['--plan', plan], 'PlanStaleError');
    await writeFile(plan, '{');
    await refused(['--plan', plan], 'PlanUnreadableError');
    await writeFile(plan, text);
    const rows = plan.replace('.json', '.owners.rows.csv');
    await writeFile(rows, (await readFile(rows, 'utf8')).replace('due first', 'due last'));
    await refused(['--plan', plan], 'PlanRowsChangedError', rows);
  });

  it('says which permission the running user lacks', async () => {
    const users = org.query<{ Username: string; Profile: { Name: string } }>(
      "SELECT Username, Profile.Name FROM User WHERE IsActive = true AND UserType = 'Standard' AND Profile.Name != 'System Administrator'"
    );
    const messages = new Set<string>();
    for (const { Username } of users) {
      const session = org.org.access.open(Username);
      const lead = org.org.catalog.require('Lead');
      if (session.can('edit', lead) || !session.has('ApiEnabled')) continue;
      await register(org.server.url, Username, session.id);
      const args = ['--target-org', Username, '--no-prompt', ...WHERE, ...TO];
      const { error, exitCode } = await runCommand(LeadDistribute, args);
      expect(exitCode).to.equal(1);
      expect(error!.name).to.equal(session.can('read', lead) ? 'AccessError' : 'NoPermissionError');
      messages.add(error!.name);
    }
    expect([...messages]).to.include('AccessError');
  });

  it('needs consent: nobody can be asked here', async () => {
    const { error, exitCode } = await runCommand(LeadDistribute, [
      '--target-org',
      org.username,
      ...WHERE,
      ...TO,
      '--json',
    ]);
    expect(exitCode).to.equal(1);
    expect(error!.name).to.equal('NeedsNoPromptError');
  });

  it('says that there is no such org', async () => {
    const { error, exitCode } = await runCommand(LeadDistribute, ['--target-org', 'nowhere', ...WHERE, ...TO]);
    expect(exitCode).to.equal(1);
    expect(error!.message).to.match(/nowhere/);
  });

  it('says that the session has ended, without showing it', async () => {
    await org.control.expireSessions();
    const { error, stderr } = await runCommand(LeadDistribute, ['--target-org', org.username, ...WHERE, ...TO]);
    expect(error!.name).to.equal('SessionExpiredError');
    expect(stderr).not.to.contain(org.token);
  });
});
