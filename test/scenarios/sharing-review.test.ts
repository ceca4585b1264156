import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import SharingReview from '../../src/commands/channel/sharing/review.js';
import type { SharingReviewResult } from '../../src/sharing/result.js';
import { runCommand } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

describe('channel sharing review', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let folder: string;

  before(async () => {
    org = await startTestOrg({ leads: 300 });
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-review-'));
  });
  after(async () => {
    await org.close();
    await rm(folder, { recursive: true, force: true });
  });

  const review = (...args: string[]) => runCommand(SharingReview, ['--target-org', org.username, ...args]);
  const file = (name: string): string => join(folder, name);
  const keys = ({ findings }: SharingReviewResult): string[] => findings.map(({ key }) => key);

  it('shows tables a step, says which kind of org it is, and changes nothing', async () => {
    const writes = (await org.control.requests()).length;
    const { result, error, exitCode, stdout } = await review();
    expect(error).to.equal(undefined);
    expect(exitCode).to.equal(0);
    expect(result!.conversion).to.include({ needed: true, why: 'old-org' });
    for (const part of [
      'Step 1: sharing rules',
      'Step 2: folders',
      'Step 3: everything else',
      'older than 8 February 2024',
    ])
      expect(stdout).to.include(part);
    const since = (await org.control.requests()).slice(writes);
    const changing = since.filter(({ method, path }) => method !== 'GET' && !/composite$|Soap\/m/.test(path));
    expect(changing).to.deep.equal([]);
  });

  it('needs calls by objects, not by rules, and half of them without counts', async () => {
    const calls = async (...args: string[]): Promise<number> => {
      const before = (await org.control.requests()).length;
      await review('--json', ...args);
      return (await org.control.requests()).length - before;
    };
    const [counted, uncounted] = [await calls(), await calls('--no-counts')];
    expect(counted).to.be.below(45);
    expect(uncounted).to.be.below(25);
    const { result } = await review('--json', '--no-counts');
    expect(result!.findings.filter(({ kind, recordsKnown }) => kind === 'rule' && recordsKnown)).to.deep.equal([]);
  });

  it('answers --json, and writes a CSV and an HTML report with nothing from outside', async () => {
    const { result, stdout } = await review('--json', '--csv', file('r.csv'), '--report', file('r.html'));
    expect((JSON.parse(stdout) as { result: unknown }).result).to.deep.equal(JSON.parse(JSON.stringify(result)));
    const rows = parse(await readFile(file('r.csv'), 'utf8'), { columns: true });
    expect((rows as Array<{ Key: string }>).map(({ Key }) => Key)).to.deep.equal(keys(result!));
    const html = await readFile(file('r.html'), 'utf8');
    expect(html)
      .to.match(/^<!doctype html>/)
      .and.include('</html>')
      .and.include('<svg');
    expect(html).not.to.match(/<script|https?:|<link|<img|@import|url\(/i);
    for (const { source } of result!.findings)
      expect(html).to.include(source.label.replaceAll('&', '&amp;').replaceAll("'", '&#39;'));
    expect((await stat(file('r.html'))).mode & 0o077).to.equal(0);
  });

  it('counts what the org counts', async () => {
    const { result } = await review('--json');
    const find = (key: string) => result!.findings.find((one) => one.key === key)!;
    const [uk] = org.query<{ n: number }>(`SELECT COUNT(Id) n FROM Account WHERE BillingCountry = 'United Kingdom'`);
    expect(find('rule:Account.UK_accounts_to_north').records).to.equal(uk!.n);
    const queue = org.query<{ n: number }>(
      `SELECT COUNT(Id) n FROM Lead WHERE OwnerId IN (SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_North')`
    );
    expect(find('queue:Partner_Leads_North/Users').records).to.equal(queue[0]!.n);
    const [all] = org.query<{ n: number }>('SELECT COUNT(Id) n FROM Marketing_Asset__c');
    expect(find('default:Marketing_Asset__c').records).to.equal(all!.n);
  });

  it('writes a decisions file, keeps what a person decided, and does not touch a file that says the same', async () => {
    const decisions = file('d.yaml');
    const first = await review('--json', '--decisions', decisions);
    expect(first.result!.summary.undecided).to.equal(first.result!.findings.length);
    const text = await readFile(decisions, 'utf8');
    const key = '"?rule:Lead\\.European_leads_to_channel"?:\\n {4}decision: ';
    const kept = text.replace(new RegExp(`(${key})open`), '$1keep\n    reason: Agreed with sales');
    expect(kept).not.to.equal(text);
    await writeFile(decisions, kept);
    const second = await review('--json', '--decisions', decisions);
    expect(second.error).to.equal(undefined);
    const finding = second.result!.findings.find((one) => one.key === 'rule:Lead.European_leads_to_channel');
    expect(finding).to.include({ decision: 'keep', reason: 'Agreed with sales', state: 'decided' });
    expect(await readFile(decisions, 'utf8')).to.equal(kept);
  });

  it('accepts what is suggested, also to put the rest off', async () => {
    const decisions = file('s.yaml');
    const { result } = await review('--json', '--decisions', decisions, '--accept-suggested');
    for (const { decision, suggestion, reason } of result!.findings) {
      expect(decision).to.equal(suggestion.decision);
      if (decision === 'keep') expect(reason).to.equal(suggestion.reason);
    }
    expect(result!.summary).to.include({ undecided: 0 });
    expect(result!.summary.deferred).to.be.above(0);
    // The file is whole by its own rules.
    const again = await review('--json', '--decisions', decisions);
    expect(again.error).to.equal(undefined);
    expect(again.result!.summary).to.deep.equal(result!.summary);
  });

  it('refuses a file with mistakes, with line and column, before it asks the org for anything else', async () => {
    const decisions = file('bad.yaml');
    await review('--json', '--decisions', decisions);
    const text = await readFile(decisions, 'utf8');
    await writeFile(decisions, text.replace('decision: open', 'decision: perhaps'));
    const line = text.split('\n').findIndex((one) => one.includes('decision: open')) + 1;
    const before = (await org.control.requests()).length;
    const { error, exitCode } = await review('--decisions', decisions);
    expect(exitCode).to.equal(1);
    expect(error!.message).to.include(
      `bad.yaml:${line}:15: the decision "perhaps" is not one of keep, convert, defer, open`
    );
    expect(error!.actions).to.have.length.above(0);
    expect((await org.control.requests()).length - before).to.be.below(4);
  });

  it('takes decisions of another org only as a beginning', async () => {
    const there = file('there.yaml');
    await review('--json', '--decisions', there, '--accept-suggested');
    await writeFile(there, (await readFile(there, 'utf8')).replace(/id: 00D\w+/, 'id: 00D000000000009AAA'));
    const refused = await review('--decisions', there);
    expect(refused.error!.name).to.equal('OtherDecisionsError');
    const here = await review('--decisions', file('here.yaml'), '--promote-from', there);
    expect(here.error).to.equal(undefined);
    expect(here.stdout).to.match(/Of the other org's decisions \d+ hold here, 0 are about something/);
    expect(here.result!.summary.convert).to.be.above(0);
  });

  it('projects partners below named managers, by role, name or username', async () => {
    for (const manager of [
      'Channel Manager North',
      'Channel_Manager_North',
      'Nora Fieldgate',
      'nora.fieldgate@practice.example.com',
    ]) {
      const { result, error } = await review('--json', '--no-counts', '--managers', manager);
      expect(error, manager).to.equal(undefined);
      expect(result!.managers).to.deep.equal(['Channel Manager North']);
    }
    const three = await review('--json', '--no-counts', '--managers', 'Channel Manager North', '--partner-roles', '3');
    expect(three.result!.people.projected).to.equal(3);
  });

  it('says what is wrong with a manager, a profile, a folder, and a walk where nobody can be asked', async () => {
    const cases: Array<[string[], string, RegExp]> = [
      [['--managers', 'Channel Manager Moon'], 'UnknownManagerError', /"Channel Manager Moon".*Channel Manager North/],
      [['--managers', 'Kaja Fernhill'], 'ManagerWithoutRoleError', /has no role/],
      [['--partner-profile', 'Nobody'], 'ProfileError', /Example Partner/],
      [['--report', join(folder, 'not-there', 'r.html')], 'FolderError', /not-there/],
      [['--walk'], 'NobodyToAskError', /Nobody can be asked/],
    ];
    for (const [args, name, words] of cases) {
      const { error, exitCode } = await review(...args);
      expect(exitCode, name).to.equal(1);
      expect(error!.name).to.equal(name);
      expect(error!.message).to.match(words);
      expect(error!.actions, name).to.have.length.above(0);
    }
  });

  it('says what the running user may not read, and never takes it for nothing', async () => {
    const reader = await startTestOrg({ leads: 20, user: 'rhea.quillon@practice.example.com' });
    try {
      const { result, error, stderr } = await runCommand(SharingReview, ['--target-org', reader.username]);
      if (error) {
        expect(error.actions).to.have.length.above(0);
      } else {
        expect(result!.notes.map(({ source }) => source).join('; ')).to.match(/rules/i);
        expect(stderr).to.include('Not known');
      }
    } finally {
      await reader.close();
    }
  });
});
