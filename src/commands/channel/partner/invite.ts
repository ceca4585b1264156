import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared, type MailFlags } from '../../../channel-command.js';
import { PartnerWriteCommand, sourceFlags } from '../../../partner-write-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  buildInvitePlan,
  INVITE_KIND,
  inviteDetailsSchema,
  InviteInputError,
  partnerInviteResult,
  PEOPLE_COLUMNS,
  peopleRow,
  plannedUsers,
  PORTAL_ROLES,
  readInvite,
  readInviteFingerprint,
  refusedInvites,
  sourceOfPlan,
  userOf,
  type InviteDetails,
  type InviteRequest,
  type InviteSnapshot,
  type PartnerInviteResult,
  type ShownUser,
} from '../../../partners/invite/index.js';
import { recordedPartnerRoles } from '../../../partners/partner-roles.js';
import { DEFAULT_USERNAME_PATTERN, UsernameError } from '../../../partners/people/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { tableCsv } from '../../../report/table-csv.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.invite');

export default class PartnerInvite extends PartnerWriteCommand<PartnerInviteResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    contact: Flags.string({
      char: 'c',
      summary: messages.getMessage('flags.contact.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    account: Flags.string({
      char: 'a',
      summary: messages.getMessage('flags.account.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    ...sourceFlags,
    profile: Flags.string({
      summary: messages.getMessage('flags.profile.summary'),
      description: messages.getMessage('flags.profile.description'),
      exclusive: ['plan'],
    }),
    role: Flags.option({
      summary: messages.getMessage('flags.role.summary'),
      options: PORTAL_ROLES,
      exclusive: ['plan'],
    })(),
    'username-pattern': Flags.string({
      summary: messages.getMessage('flags.username-pattern.summary'),
      description: messages.getMessage('flags.username-pattern.description'),
      exclusive: ['plan'],
    }),
    'send-login': Flags.boolean({ summary: messages.getMessage('flags.send-login.summary'), exclusive: ['plan'] }),
    'accept-mails': Flags.boolean({ summary: messages.getMessage('flags.accept-mails.summary') }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<PartnerInviteResult> {
    const { flags } = await this.parse(PartnerInvite);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const rejectedTo = await this.rejectedFile(flags.file, flags.rejected);
    const org = await this.identify(conn);
    return this.inRunFolder('invite', async (folder, keep) => {
      const snapshot = flags.plan === undefined ? await this.read(conn, org, flags) : undefined;
      const plan = snapshot
        ? await buildInvitePlan(org, folder, snapshot)
        : await this.reliablePlan(flags.plan!, INVITE_KIND, org, folder, (saved) =>
            readInviteFingerprint(conn, org.username, saved)
          );
      const users = snapshot?.users.map(userOf) ?? (await plannedUsers(folder, plan));
      const rejected = snapshot?.rejected ?? [];
      this.showPlan(plan, snapshot, users);
      this.showRejected(rejected, undefined);
      const planFile = flags['plan-file'];
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      const beside = planFile && (await this.savePeople(users, `${planFile.replace(/\.json$/, '')}.people.csv`));
      const about = { org, plan, snapshot, users, planFile };
      if (flags['dry-run']) {
        this.refuseIfAllRejected(snapshot);
        return partnerInviteResult({ ...about, rejected, peopleFile: beside });
      }
      if (plan.steps.length === 0) return this.endWithNothing({ ...about, rejected, peopleFile: beside }, rejectedTo);
      const peopleFile = await this.savePeople(users, join(folder.path, 'people.csv'));
      await this.acceptMails(plan, flags);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      return this.finish({ ...about, folder, receipt, rejectedTo, peopleFile });
    });
  }

  private async endWithNothing(about: Result, rejectedTo: string | undefined): Promise<PartnerInviteResult> {
    const { snapshot, rejected } = about;
    const rejectedFile = await this.saveRejected(rejectedTo, snapshot?.csv, rejected);
    this.showRejected([], rejectedFile);
    this.refuseIfAllRejected(snapshot);
    if (rejected.length > 0) process.exitCode = EXIT.partly;
    return partnerInviteResult({ ...about, rejectedFile });
  }

  /** Several users do not fit on the screen with all that they will have. */
  private async savePeople(users: readonly ShownUser[], file: string): Promise<string | undefined> {
    if (users.length < 2) return undefined;
    const text = tableCsv(PEOPLE_COLUMNS, users.map(peopleRow));
    // With the mark by which Excel knows UTF-8.
    await writeFile(file, `\uFEFF${text}`, { mode: 0o600 });
    this.say('plan.people', users.length, file);
    return file;
  }

  private async read(conn: Connection, org: OrgIdentity, flags: Requested): Promise<InviteSnapshot> {
    const { contact: contacts = [], account: accounts = [], file, encoding, profile, role } = flags;
    if (contacts.length + accounts.length === 0 && file === undefined) throw messages.createError('error.nobody');
    const recorded = await recordedPartnerRoles(await this.runs.list(), org.id);
    const request: InviteRequest = {
      contacts,
      accounts,
      csv: file,
      encoding,
      externalId: flags['external-id'],
      profile,
      role: role ?? 'User',
      pattern: flags['username-pattern'] ?? DEFAULT_USERNAME_PATTERN,
      sendLogin: flags['send-login'],
      partnerRoles: recorded?.partnerRoles,
    };
    return this.reading(
      messages.getMessage('stages.plan'),
      (error) => tellInviteError(error, org.username) ?? this.tell(error, org.username),
      (update) => readInvite(conn, org, request, update)
    );
  }

  private refuseIfAllRejected(snapshot: InviteSnapshot | undefined): void {
    if (!snapshot || snapshot.users.length + snapshot.existing.length > 0) return;
    const { rejected } = snapshot;
    if (rejected.length === 0) return;
    const reasons = rejected.slice(0, MOST_REASONS).map(({ line, record, reason }) => {
      const where = line === undefined ? record : `Line ${line}, ${record}`;
      return `\n- ${shown(where)}: ${shown(reason)}`;
    });
    throw messages.createError('error.allRejected', [rejected.length, reasons.join('')]);
  }

  /** Welcome mails cannot be held back or taken back: they have a consent of their own. @throws SfError without it */
  private async acceptMails(plan: Plan, flags: MailFlags): Promise<void> {
    const { mails, users } = inviteDetailsSchema.parse(plan.details);
    const maybe = !mails.known && users > 0;
    if (!maybe && (mails.route !== 'welcome' || mails.mails === 0)) return;
    const text = shown(maybe ? plan.warnings.join(' ') : mailsText(plan, mails));
    const question = messages.getMessage('prompt.mails', [text]);
    await this.consentToMails(question, flags, () => messages.createError('error.mails', [text]));
  }

  /** A line in which names of the org or of a file cannot do anything but be read. */
  private say(key: string, ...tokens: Array<string | number>): void {
    const safe = tokens.map((token) => (typeof token === 'string' ? shown(token) : token));
    this.log(messages.getMessage(key, safe));
  }

  private showPlan(plan: Plan, snapshot: InviteSnapshot | undefined, made: readonly ShownUser[]): void {
    const { users, contacts, existing, logins, seats, mails } = inviteDetailsSchema.parse(plan.details);
    this.log();
    this.showFile(snapshot?.csv, snapshot?.unused ?? []);
    this.say('plan.title', plan.org.domain, plan.org.kind, users, contacts, existing);
    this.showUsers(made);
    for (const seat of seats) this.showSeats(seat);
    if (plan.steps.length === 0) return this.say('plan.nothing');
    if (users > 0) this.log(shown(mailsText(plan, mails)));
    const again = logins - (mails.route === 'password-reset' ? mails.mails : 0);
    if (again > 0) this.say('plan.logins', again);
    for (const warning of plan.warnings) this.warn(shown(warning));
    this.say(users > 0 ? 'plan.undo' : 'plan.undoMails');
    this.say('plan.cost', plan.cost.apiCalls, plan.cost.formula);
    this.log();
  }

  private showSeats({ licence, total, used, needed, rejected, logins }: InviteDetails['seats'][number]): void {
    if (logins) return this.say('plan.licenceLogins', licence, needed, logins.used ?? '?', logins.entitled);
    if (total === null) return this.say('plan.licenceUnknown', licence, needed);
    const left = Math.max(0, total - (used ?? 0));
    if (rejected > 0) this.say('plan.licenceShort', licence, left, total, needed, rejected);
    else this.say('plan.licence', licence, needed, left, total);
  }

  /** One user as the page "New User" shows it; several as a table. */
  private showUsers(users: readonly ShownUser[]): void {
    const [only] = users;
    if (!only) return;
    if (users.length === 1) {
      this.say('plan.newUser');
      const { line: _line, ...user } = only;
      const data = Object.entries(user).map(([field, value]) => ({ field, value: value ?? '' }));
      this.table({ data, columns: ['field', 'value'], overflow: 'wrap' });
      return;
    }
    const data = this.first(users).map(({ firstName = '', lastName, portalRole: role, ...user }) => ({
      name: `${firstName} ${lastName}`.trim(),
      role,
      ...user,
    }));
    const columns = ['name', 'account', 'username', 'alias', 'nickname', 'profile', 'role', 'language'] as const;
    this.table({ data, columns: [...columns, { key: 'timeZone', name: 'Time zone' }], overflow: 'wrap' });
    this.showMore(users.length);
  }

  private showReceipt(receipt: Receipt): void {
    for (const { kind, object, done, rows } of receipt.steps) {
      if (kind === 'send-login') this.say('result.logins', done, rows);
      else if (object === 'User') this.say('result', done, rows);
    }
    this.showVerification(receipt);
    this.tellRest(receipt);
  }

  private async finish(run: Applied): Promise<PartnerInviteResult> {
    const { folder, rejectedTo, ...about } = run;
    const { org, snapshot, receipt } = about;
    const refused = snapshot ? await refusedInvites(folder, receipt, snapshot) : [];
    const rejected = [...(snapshot?.rejected ?? []), ...refused];
    const rejectedFile = await this.saveRejected(rejectedTo, snapshot?.csv, rejected);
    this.showReceipt(receipt);
    this.showRejected(refused, rejectedFile);
    if (receipt.state === 'done' && rejected.length > 0) process.exitCode = EXIT.partly;
    const account = (snapshot?.users[0] ?? snapshot?.logins[0])?.account.name;
    if (account) this.say('next.check', org.username, account);
    if (receipt.steps.some(({ object, kind, done }) => kind === 'records' && object === 'User' && done > 0)) {
      this.say('undo', receipt.run, org.username);
    }
    return partnerInviteResult({ ...about, rejected, rejectedFile });
  }
}

type Requested = {
  contact?: string[];
  account?: string[];
  file?: string;
  encoding?: string;
  'external-id'?: string;
  profile?: string;
  role?: InviteRequest['role'];
  'username-pattern'?: string;
  'send-login': boolean;
};

type Result = Parameters<typeof partnerInviteResult>[0];

type Applied = Omit<Result, 'rejected' | 'rejectedFile' | 'receipt'> & {
  folder: RunFolder;
  receipt: Receipt;
  rejectedTo?: string;
};

/** Reasons that the error tells where nobody can be invited. */
const MOST_REASONS = 5;

function mailsText(plan: Plan, { route, mails, sites }: InviteDetails['mails']): string {
  const later = [plan.org.username, sourceOfPlan(plan)];
  return messages.getMessage(`plan.mails.${route}`, route === 'none' ? later : [mails, sites.join(', ')]);
}

/** Bad input in words, or undefined for another error. */
function tellInviteError(error: unknown, username: string): Error | undefined {
  if (error instanceof InviteInputError)
    return messages.createError(`error.${error.key}`, [...error.details], [username]);
  if (!(error instanceof UsernameError) || error.key === 'usernameAddress' || error.key === 'usernameDomain')
    return undefined;
  return messages.createError(`error.${error.key}`, [...error.details]);
}
