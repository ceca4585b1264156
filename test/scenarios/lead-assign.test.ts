/** An assignment rule is run over leads that exist, by the real command over HTTP. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadAssign from '../../src/commands/channel/lead/assign.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { Body } from '../../src/practice/metadata/types.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import type { LeadAssignResult } from '../../src/leads/assign/index.js';

type Lead = { Id: string; OwnerId: string; LastName: string; Country: string; NumberOfEmployees: number };

const entry = (queue: string, ...criteria: Array<[field: string, operation: string, value: string]>): Body => ({
  assignedTo: queue,
  assignedToType: 'Queue',
  criteriaItems: criteria.map(([field, operation, value]) => ({ field: `Lead.${field}`, operation, value })),
});

/** Leads of inactive users are left out: the org takes nobody back as their owner. */
const OPEN = 'IsConverted = false AND OwnerId NOT IN (SELECT Id FROM User WHERE IsActive = false)';

describe('channel lead assign', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let serial = 0;

  before(async () => (org = await startTestOrg({ leads: 900 })));
  after(() => org.close());

  const author = () => ({ tools: org.org.tools, userId: '005000000000001AAA', now: org.org.clock.stamp() });
  const rule = (name: string, entries: Body[], active = false): string => {
    const { store, catalog, tools } = org.org;
    const id = store.nextId('01Q');
    store.transaction(() => {
      const now = org.org.clock.stamp();
      const row = { Id: id, Name: name, SobjectType: 'Lead', Active: active };
      store.insert(catalog.require('AssignmentRule'), {
        ...row,
        CreatedDate: now,
        LastModifiedDate: now,
        SystemModstamp: now,
      });
      tools.components.put(author(), {
        type: 'AssignmentRule',
        fullName: `Lead.${name}`,
        id,
        body: { active: String(active), ruleEntry: entries },
      });
    });
    return id;
  };
  const leads = (where = OPEN): Map<string, Lead> =>
    new Map(
      org
        .query<Lead>(`SELECT Id, OwnerId, LastName, Country, NumberOfEmployees FROM Lead WHERE ${where}`)
        .map((lead) => [lead.Id, lead])
    );
  const queueId = (name: string): string =>
    org.query<{ Id: string }>(`SELECT Id FROM Group WHERE DeveloperName = '${name}'`)[0]!.Id;
  const run = (...args: string[]): Promise<CommandOutcome<LeadAssignResult>> =>
    runCommand(LeadAssign, ['--target-org', org.username, ...args]);
  const done = async (...args: string[]): Promise<LeadAssignResult> => {
    const outcome = await run(...args, '--no-prompt');
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([0, 'done']);
    return outcome.result!;
  };
  const requestsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const before = (await org.control.requests()).length;
    await work();
    return (await org.control.requests()).slice(before).map(({ method, path }) => `${method} ${path}`);
  };
  const file = (name: string): string => join(process.env.HOME!, `assign-${process.pid}-${name}`);

  it('shows the rule in words with what each entry takes, and changes nothing in a dry run', async () => {
    const before = leads();
    const all = [...before.values()];
    rule('Words', [
      entry(
        'Partner_Leads_North',
        ['Country', 'equals', 'Germany,France'],
        ['NumberOfEmployees', 'greaterThan', '400']
      ),
      {
        ...entry('Partner_Leads_South', ['Country', 'equals', 'Germany'], ['Company', 'contains', 'Quay']),
        booleanFilter: '1 OR 2',
      },
      { criteriaItems: [{ field: 'Lead.Country', operation: 'equals', value: 'Italy' }] },
    ]);
    const { result, stdout, stderr } = await run('--rule', 'words', '--where', OPEN, '--dry-run');
    const first = ({ Country, NumberOfEmployees }: Lead): boolean =>
      ['Germany', 'France'].includes(Country) && NumberOfEmployees > 400;
    const company = new Set(leads(`${OPEN} AND Company LIKE '%Quay%'`).keys());
    const second = (lead: Lead): boolean => !first(lead) && (lead.Country === 'Germany' || company.has(lead.Id));
    const third = (lead: Lead): boolean => !first(lead) && !second(lead) && lead.Country === 'Italy';
    expect(
      result!.summary.entries!.map(({ condition, target, leads: count }) => [condition, target, count])
    ).to.deep.equal([
      ['Country = Germany,France and NumberOfEmployees > 400', 'queue Partner_Leads_North', all.filter(first).length],
      ['[Country = Germany] OR [Company contains Quay]', 'queue Partner_Leads_South', all.filter(second).length],
      ['Country = Italy', 'nobody; the rule ends', all.filter(third).length],
    ]);
    const taken = all.filter((lead) => first(lead) || second(lead) || third(lead)).length;
    expect(result!.summary.unmatched).to.equal(all.length - taken);
    expect(stdout).to.contain('Each lead is written once more with its own LastName');
    expect(stderr).to.contain('Words is not active');
    expect([result!.state, leads()]).to.deep.equal(['planned', before]);
  });

  it('runs it over up to 200 leads by one call, says where each went, and takes it back', async () => {
    const [north, south] = [queueId('Partner_Leads_North'), queueId('Partner_Leads_South')];
    rule('Small', [
      entry('Partner_Leads_North', ['Country', 'equals', 'Germany']),
      entry('Partner_Leads_South', ['NumberOfEmployees', 'lessThan', '450']),
    ]);
    const chosen = [...leads().values()].slice(0, 150);
    await writeFile(file('ids.csv'), `Id\n${chosen.map(({ Id }) => Id).join('\n')}\n`);
    let result: LeadAssignResult | undefined;
    const requests = await requestsOf(async () => (result = await done('--rule', 'Small', '--file', file('ids.csv'))));
    expect(requests.filter((path) => path.includes('/composite/sobjects'))).to.have.length(1);
    expect(requests.filter((path) => path.includes('/jobs/ingest'))).to.deep.equal([]);
    const now = leads();
    const wanted = (lead: Lead): string =>
      lead.Country === 'Germany' ? north : lead.NumberOfEmployees < 450 ? south : lead.OwnerId;
    for (const lead of chosen) {
      expect(now.get(lead.Id)!.OwnerId, JSON.stringify(lead)).to.equal(wanted(lead));
      expect(now.get(lead.Id)!.LastName).to.equal(lead.LastName);
    }
    const moved = (id: string): number => chosen.filter((lead) => wanted(lead) === id && lead.OwnerId !== id).length;
    expect(result!.went!.owners.find(({ id }) => id === north)).to.deep.include({ leads: moved(north), entries: [1] });
    expect(result!.went!.owners.find(({ id }) => id === south)).to.deep.include({ leads: moved(south), entries: [2] });
    expect(result!.went!.stayed).to.equal(150 - moved(north) - moved(south));
    expect(result!.receipt!.verification).to.deep.include({ agrees: true, method: 'read 150 owners again' });
    const lines = (await readFile(result!.files.owners!, 'utf8')).trim().split('\n');
    expect(lines).to.have.length(151);

    // Somebody takes one of them meanwhile: it is his.
    const other = queueId('Partner_Leads_East');
    const taken = chosen.find((lead) => wanted(lead) === north && lead.OwnerId !== north)!;
    const session = org.org.access.session(org.token);
    org.org.saver.save('update', 'Lead', [{ Id: taken.Id, OwnerId: other }], {
      session,
      assignment: 'none',
      source: 'rest',
    });
    const undone = await runCommand(RunUndo, [result!.run!, '--target-org', org.username, '--no-prompt']);
    expect(undone.error?.message, undone.stderr).to.equal(undefined);
    expect(undone.stdout).to.contain(`${taken.Id} (${other}): changed since the run`);
    for (const lead of chosen)
      expect(leads().get(lead.Id)!.OwnerId).to.equal(lead.Id === taken.Id ? other : lead.OwnerId);
  });

  it('runs over more leads by Bulk jobs with the rule, also the active one', async () => {
    process.env.SF_CHANNEL_JOB_ROWS = '300';
    try {
      const before = leads();
      let result: LeadAssignResult | undefined;
      const requests = await requestsOf(async () => (result = await done('--where', OPEN)));
      expect(
        requests.filter(
          (path) => path === 'POST /services/data/v66.0/jobs/ingest' || /POST .*\/jobs\/ingest$/.test(path)
        )
      ).to.have.length(Math.ceil(before.size / 300));
      expect(result!.summary.rule).to.deep.include({ name: 'Channel Lead Routing', active: true });
      const now = org.query<Lead & { LeadSource: string }>(
        `SELECT Id, OwnerId, Country, LeadSource FROM Lead WHERE ${OPEN}`
      );
      const routed = now.filter(
        ({ LeadSource, Country }) => LeadSource === 'Partner Referral' && Country === 'Germany'
      );
      expect(routed.length).to.be.greaterThan(3);
      expect(routed.every(({ OwnerId }) => OwnerId === queueId('Partner_Leads_Alps'))).to.equal(true);
      const counted = result!.summary.entries!.reduce((sum, { leads: count }) => sum + (count ?? 0), 0);
      expect(counted + result!.summary.unmatched!).to.equal(before.size);
      const undone = await runCommand(RunUndo, [result!.run!, '--target-org', org.username, '--no-prompt']);
      expect(undone.exitCode, undone.stderr + undone.stdout).to.equal(0);
      expect([...leads().values()].map(({ OwnerId }) => OwnerId)).to.deep.equal(
        [...before.values()].map(({ OwnerId }) => OwnerId)
      );
    } finally {
      delete process.env.SF_CHANNEL_JOB_ROWS;
    }
  });

  it('says what nobody can know before, and still tells afterwards', async () => {
    rule('Formula', [
      { assignedTo: 'Partner_Leads_West', assignedToType: 'Queue', formula: 'MOD(NumberOfEmployees, 2) = 0' },
      entry('Partner_Leads_East'),
    ]);
    const [lead, second, third] = [...leads().values()];
    const ids = [lead!.Id, second!.Id, third!.Id.slice(0, 15)];
    const dry = await run(...ids, '--rule', 'Formula', '--dry-run');
    expect(dry.result!.summary.entries!.map(({ leads: count }) => count)).to.deep.equal([null, null]);
    expect(dry.stderr).to.contain('Formulas cannot be counted');
    const { went } = await done(...ids, '--rule', 'Formula');
    expect(went!.stayed + went!.owners.reduce((sum, { leads: count }) => sum + count, 0)).to.equal(3);
    const west = queueId('Partner_Leads_West');
    for (const { Id, NumberOfEmployees } of [lead!, second!, third!])
      expect(leads().get(Id)!.OwnerId === west).to.equal(NumberOfEmployees % 2 === 0);
  });

  it('resumes after a lost reply without asking the org twice for what it did', async () => {
    rule('Lost', [entry('Partner_Leads_West')]);
    const chosen = [...leads().keys()].slice(300, 320);
    await writeFile(file('lost.csv'), chosen.join('\n'));
    // Stamps have seconds: what was written in the second of the snapshot looks untouched.
    await org.control.setClock(new Date(Date.now() + 3_600_000 + serial++));
    await org.control.setFaults([{ kind: 'drop-after', method: 'PATCH', path: '*/composite/sobjects' }]);
    let outcome: LeadAssignResult | undefined;
    process.env.SF_CHANNEL_BACKOFF_MS = '10';
    try {
      const requests = await requestsOf(
        async () => (outcome = await done('--rule', 'Lost', '--file', file('lost.csv')))
      );
      expect(requests.filter((path) => path.includes('/composite/sobjects'))).to.have.length(1);
    } finally {
      await org.control.setFaults([]);
      delete process.env.SF_CHANNEL_BACKOFF_MS;
    }
    expect(outcome!.went!.owners[0]).to.include({ id: queueId('Partner_Leads_West') });
    expect(outcome!.receipt!.steps[0]).to.include({ done: 20, failed: 0, pending: 0 });
  });

  it('is resumed where it was stopped, and taken back also where it never came to read the owners', async () => {
    rule('Stopped', [entry('Partner_Leads_South')]);
    const before = leads();
    const chosen = [...before.keys()].slice(400, 440);
    await writeFile(file('stopped.csv'), chosen.join('\n'));
    await org.control.setFaults([{ kind: 'request-limit', method: 'PATCH', path: '*/composite/sobjects' }]);
    const stopped = await run('--rule', 'Stopped', '--file', file('stopped.csv'), '--no-prompt');
    await org.control.setFaults([]);
    expect([stopped.result!.state, stopped.exitCode]).to.deep.equal(['stopped', 68]);
    expect(leads()).to.deep.equal(before);
    const resumed = await runCommand(RunResume, [stopped.result!.run!, '--target-org', org.username]);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    const south = queueId('Partner_Leads_South');
    expect(chosen.every((id) => leads().get(id)!.OwnerId === south)).to.equal(true);
    await rm(stopped.result!.files.owners!);
    const undone = await runCommand(RunUndo, [stopped.result!.run!, '--target-org', org.username, '--no-prompt']);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect([...leads().values()].map(({ OwnerId }) => OwnerId)).to.deep.equal(
      [...before.values()].map(({ OwnerId }) => OwnerId)
    );
  });

  it('applies a saved plan while the rule says what it said', async () => {
    const id = rule('Saved', [entry('Partner_Leads_North')]);
    const [lead] = [...leads().keys()];
    const plan = file('plan.json');
    await run(lead!, '--rule', id, '--dry-run', '--plan-file', plan);
    org.org.tools.components.put(author(), {
      type: 'AssignmentRule',
      fullName: 'Lead.Saved',
      id,
      body: { active: 'false', ruleEntry: [entry('Partner_Leads_South')] },
    });
    expect((await run('--plan', plan, '--no-prompt')).error?.message).to.contain('has changed since');
    await run(lead!, '--rule', id, '--dry-run', '--plan-file', plan);
    const applied = await run('--plan', plan, '--no-prompt');
    expect(applied.result?.state, applied.error?.message).to.equal('done');
  });

  it('asks before a rule mails', async () => {
    org.org.preferences.set('Email.deliverability', 'all');
    const { store, catalog } = org.org;
    store.insert(catalog.require('EmailTemplate'), {
      Id: store.nextId('00X'),
      DeveloperName: 'Yours',
      Subject: 'Yours',
      Body: 'x',
    });
    rule('Mails', [{ ...entry('Unassigned_Leads'), template: 'unfiled$public/Yours' }]);
    const [lead] = [...leads(`${OPEN} AND Owner.Name != 'Unassigned Leads'`).keys()];
    const refused = await run(lead!, '--rule', 'Mails', '--no-prompt');
    expect(refused.error?.message).to.contain('mail the new owners');
    expect(refused.exitCode).to.equal(1);
    await done(lead!, '--rule', 'Mails', '--accept-mails');
    expect(org.org.outbox.list({ kind: 'assignment' })).to.have.length(1);
  });

  it('refuses what it cannot choose, with what to do', async () => {
    const said = async (...args: string[]): Promise<string> => (await run(...args, '--no-prompt')).error?.message ?? '';
    const [lead] = [...leads().keys()];
    expect(await said()).to.contain('No leads were selected');
    expect(await said(lead!, '--where', OPEN)).to.contain('in one way only');
    expect(await said('005000000000001AAA')).to.contain('not the id of a lead');
    expect(await said(lead!, '--rule', 'Nothing'))
      .to.contain('no assignment rule "Nothing"')
      .and.to.contain('(active)');
    expect(await said('--where', 'Nothing__c = 1')).to.contain('The condition cannot be used');
    expect(await said('--where', "Company = 'nobody at all'")).to.contain('The selection holds no leads');
    expect(await said('--file', file('none.csv'))).to.contain('cannot be read');
    org.org.store.sql('UPDATE "AssignmentRule" SET "Active" = 0').run();
    expect(await said(lead!)).to.contain('No assignment rule for leads is active');
  });
});
