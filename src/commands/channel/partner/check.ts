import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, checkWritable, planFlags, shared } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { partnerFlags } from '../../../partner-command.js';
import { PartnerRepairCommand, type RepairFlags } from '../../../partner-repair-command.js';
import {
  CHECK_STATES,
  checkPartners,
  partnerCheckResult,
  type CheckedUser,
  type Judged,
  type PartnerCheckResult,
} from '../../../partners/index.js';
import { REPAIRS } from '../../../partners/repair/index.js';
import { checkCodeHelp, EXIT } from '../../../report/exit-codes.js';
import { writeTableCsv } from '../../../report/table-csv.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.check');

export default class PartnerCheck extends PartnerRepairCommand<PartnerCheckResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = checkCodeHelp(
    messages.getMessage('exit.done'),
    shared.getMessage('exit.failed'),
    messages.getMessage('exit.found'),
    { partly: messages.getMessage('exit.partly'), running: messages.getMessage('exit.running') }
  );
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    user: Flags.string({ char: 'u', summary: messages.getMessage('flags.user.summary'), multiple: true }),
    ...partnerFlags,
    state: Flags.option({
      summary: messages.getMessage('flags.state.summary'),
      options: CHECK_STATES,
      multiple: true,
    })(),
    site: Flags.string({ summary: messages.getMessage('flags.site.summary') }),
    strict: Flags.boolean({ summary: messages.getMessage('flags.strict.summary'), default: false }),
    'fail-on-ineligible': Flags.boolean({ summary: messages.getMessage('flags.fail-on-ineligible.summary') }),
    fix: Flags.boolean({
      summary: messages.getMessage('flags.fix.summary'),
      description: messages.getMessage('flags.fix.description'),
    }),
    repair: Flags.option({
      summary: messages.getMessage('flags.repair.summary'),
      options: REPAIRS,
      multiple: true,
      dependsOn: ['fix'],
      exclusive: ['plan'],
    })(),
    'accept-mails': Flags.boolean({
      summary: messages.getMessage('flags.accept-mails.summary'),
      dependsOn: ['fix'],
    }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<PartnerCheckResult> {
    const { flags } = await this.parse(PartnerCheck);
    const { state: states, site, strict, csv } = flags;
    const conn = flags['target-org'].getConnection(flags['api-version']);
    this.requireFix(flags);
    await checkWritable(csv);
    const org = await this.identify(conn);
    const before = await this.judged(conn, org, flags);
    const repair = flags.fix ? await this.repair(conn, org, inStates(before, states), flags) : undefined;
    const receipt = repair?.receipt;
    const again = receipt && (await this.afterRun(receipt, () => this.judged(conn, org, flags)));
    if (receipt && !again) this.warn(messages.getMessage('notChecked'));
    const judged = again ?? before;
    const result = partnerCheckResult({ org, judged, strict, site, states, csv, repair });
    if (csv !== undefined) await writeTableCsv(csv, COLUMNS, result.users.map(cellsOf));
    this.show(result);
    const isFound = flags['fail-on-ineligible'] && result.summary.ineligible > 0;
    // What was not repaired weighs more than what the check finds afterwards.
    if (isFound && (process.exitCode ?? 0) === 0) process.exitCode = EXIT.found;
    return result;
  }

  /** Flags about plans and consent are for repairs: a check changes nothing. @throws SfError */
  private requireFix(flags: RepairFlags & { fix: boolean }): void {
    const alone = (['dry-run', 'plan-file', 'plan', 'no-prompt', 'confirm-domain'] as const).find(
      (name) => flags[name]
    );
    if (!flags.fix && alone) throw messages.createError('error.needsFix', [`--${alone}`]);
  }

  private judged(
    conn: Connection,
    org: OrgIdentity,
    { user, account, manager, strict, site }: Scope
  ): Promise<Judged[]> {
    return this.reading(
      messages.getMessage('stages'),
      (error) => this.tell(error, org.username),
      async (update) => {
        const found = await checkPartners(conn, org.username, { user, account, manager }, { strict, site });
        update(messages.getMessage('progress', [found.length]));
        return found;
      }
    );
  }

  private show({ org, summary, users, csv }: PartnerCheckResult): void {
    const [only] = users;
    if (only && summary.users === 1) this.showOne(only);
    else if (users.length > 0) this.showAll(users);
    else this.log(messages.getMessage(summary.users > 0 ? 'noneInState' : 'none', [org.domain]));
    if (summary.users > 1) {
      const { eligible, ineligible, unknown, warnings } = summary;
      this.log(messages.getMessage('summary.counts', [summary.users, eligible, ineligible, unknown, warnings]));
    }
    if (csv !== undefined) this.log(messages.getMessage('written', [csv]));
  }

  private showOne({ name, username, account, manager, state, conditions }: CheckedUser): void {
    this.log(messages.getMessage(TITLES[state], [name, username]));
    if (account !== undefined) this.log(messages.getMessage('one.account', [account, manager ?? '?']));
    this.table({
      data: conditions.map(({ condition, verdict, reason }) => ({ condition, verdict, reason })),
      columns: ['condition', 'verdict', 'reason'],
      overflow: 'wrap',
    });
    for (const { condition, fix } of conditions) {
      if (fix !== undefined) this.log(messages.getMessage('one.fix', [condition, fix]));
    }
  }

  private showAll(users: readonly CheckedUser[]): void {
    this.table({
      data: users.map(({ name, username, account, state, first }) => ({
        user: name,
        username,
        account: account ?? '?',
        state,
        reason: first?.reason ?? '',
      })),
      columns: ['user', 'username', 'account', 'state', 'reason'],
      overflow: 'wrap',
    });
  }
}

type Scope = { user?: string[]; account?: string[]; manager?: string[]; strict: boolean; site?: string };

const STATES = { yes: 'eligible', no: 'ineligible', unknown: 'unknown' } as const;

const inStates = (judged: readonly Judged[], states: readonly string[] | undefined): Judged[] =>
  judged.filter(({ eligibility }) => states === undefined || states.includes(STATES[eligibility.eligible]));

const TITLES = { eligible: 'one.eligible', ineligible: 'one.ineligible', unknown: 'one.unknown' } as const;

const COLUMNS = [
  'Id',
  'Name',
  'Username',
  'Account',
  'Manager',
  'Profile',
  'Active',
  'Last login',
  'State',
  'Condition',
  'Reason',
  'Fix',
  'All reasons',
];

const cellsOf = (user: CheckedUser): Array<string | undefined> => [
  user.id,
  user.name,
  user.username,
  user.account,
  user.manager,
  user.profile,
  user.active ? 'yes' : 'no',
  user.lastLogin ?? '',
  user.state,
  user.first?.condition,
  user.first?.reason,
  user.first?.fix,
  user.conditions.flatMap(({ verdict, reason }) => (verdict === 'yes' ? [] : [reason])).join('\n'),
];
