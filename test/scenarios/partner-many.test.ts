/** Hundreds of partners from files: the calls are those of the plan, and not one more. */
import { expect } from 'chai';
import PartnerEnable from '../../src/commands/channel/partner/enable.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { InviteDesk, NORA, OFFSITE } from '../helpers/invite.js';

const ACCOUNTS = 300;
const PEOPLE = 900;

const FIRST = ['Jiří', 'Jörg', 'さくら', 'Ema', 'Łukasz', 'Zoë'];
const LAST = ['Novák', 'Müßig', '田中', "O'Hara", 'Dvořáková', 'García López', 'Øster'];

type Result = { cost: { apiCalls: number; formula: string }; receipt?: { steps: Array<{ done: number }> } };

describe('many partners', function () {
  this.timeout(120_000);
  let org: InviteDesk;
  before(async () => {
    org = await InviteDesk.open({ scenario: { leads: 5, seats: { PID_Partner_Community: 2000 } } });
  });
  after(() => org.close());

  const name = (at: number): string => `Many Example ${String(at).padStart(3, '0')} ${LAST[at % LAST.length]!}`;

  /** Calls that a command made. */
  async function callsOf<T>(work: () => Promise<T>): Promise<{ outcome: T; calls: string[] }> {
    const from = ((await org.desk.test.control.requests(1, 100_000)).at(-1)?.n ?? 0) + 1;
    const outcome = await work();
    const calls = await org.desk.test.control.requests(from, 100_000);
    return {
      outcome,
      calls: calls.filter(({ path }) => path.startsWith('/services')).map(({ method, path }) => `${method} ${path}`),
    };
  }

  /** Applies a saved plan, and counts what applying adds to what is asked before somebody consents. */
  async function appliedExactly(
    command: (...args: string[]) => Promise<CommandOutcome<Result>>,
    plan: string,
    formula: string
  ): Promise<void> {
    const looked = await callsOf(() => command('--plan', plan));
    expect(looked.outcome.error!.message).to.contain('The plan was not applied');
    const { outcome, calls } = await callsOf(() => command('--plan', plan, '--no-prompt'));
    expect(outcome.exitCode, outcome.stderr).to.equal(0);
    const { cost } = outcome.result!;
    expect(cost.formula).to.equal(formula);
    expect(calls.length - looked.calls.length, calls.join('\n')).to.equal(cost.apiCalls);
    const writes = calls.filter((call) => call.endsWith('/composite/sobjects')).length;
    const planned = [...formula.matchAll(/(\d+) to write/g)].reduce((sum, [, number]) => sum + Number(number), 0);
    expect(writes).to.equal(planned);
  }

  it('become partner accounts and partner users', async () => {
    const accounts = Array.from(
      { length: ACCOUNTS },
      (_, at) => `"${name(at)}";${NORA};yes;${at % 2 ? 'CZ' : 'Germany'}`
    );
    const enableFile = await org.file(
      'accounts.csv',
      ['Account;Manager;Create;Billing Country', ...accounts].join('\r\n')
    );
    const enable = (...args: string[]): Promise<CommandOutcome<Result>> =>
      runCommand(PartnerEnable, ['--target-org', org.desk.test.username, ...args]);
    const enablePlan = org.path('enable.json');
    await enable('--file', enableFile, '--partner-roles', '3', '--dry-run', '--plan-file', enablePlan);
    await appliedExactly(
      enable,
      enablePlan,
      'Account: 2 to write + 1 to look before + 1 to prove; Account: 2 to write + 1 to prove'
    );
    const people = Array.from(
      { length: PEOPLE },
      (_, at) =>
        `"${name(at % ACCOUNTS)}";${FIRST[at % FIRST.length]!};${LAST[at % LAST.length]!};p${at}@many-${at % ACCOUNTS}.example.com;x`
    );
    const file = await org.file('people.csv', ['Account;First Name;Last Name;Email;Create', ...people].join('\r\n'));
    const plan = org.path('invite.json');
    const planned = await org.go('--file', file, '--dry-run', '--plan-file', plan);
    expect(planned.exitCode, planned.stderr).to.equal(0);
    expect(planned.result!.summary).to.include({ users: PEOPLE, contacts: PEOPLE, rejected: 0 });
    const invite = (...args: string[]): Promise<CommandOutcome<Result>> => org.invite(...args);
    await appliedExactly(
      invite,
      plan,
      'Contact: 5 to write + 1 to look before + 1 to prove; User: 5 to write + 1 to prove'
    );
    const users = org.desk.test.query<Record<string, string>>(
      `SELECT Username, CommunityNickname, ContactId, Account.Name FROM User WHERE Profile.Name = '${OFFSITE}' AND Account.Name LIKE 'Many Example %'`
    );
    for (const field of ['Username', 'CommunityNickname', 'ContactId'])
      expect(new Set(users.map((user) => user[field])).size, field).to.equal(PEOPLE);
    const again = await callsOf(() => org.go('--file', file));
    expect(again.outcome.result!.summary).to.include({ users: 0, existing: PEOPLE });
  });
});
