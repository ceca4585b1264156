import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import { PartnerWriteCommand, sourceFlags } from '../../../partner-write-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  buildInvitePlan,
  INVITE_KIND,
  inviteDetailsSchema,
  InviteInputError,
  partnerInviteResult,
  PORTAL_ROLES,
  readInvite,
  readInviteFingerprint,
  refusedInvites,
  userOf,
  type InviteDetails,
  type InviteRequest,
  type InviteSnapshot,
  type PartnerInviteResult,
} from '../../../partners/invite/index.js';
import { recordedPartnerRoles } from '../../../partners/partner-roles.js';
import { DEFAULT_USERNAME_PATTERN, UsernameError } from '../../../partners/people/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { savePlan, type Plan, type Receipt, type RunFolder } from '../../../runs/index.js';

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
      default: 'User',
    })(),
    'username-pattern': Flags.string({
      summary: messages.getMessage('flags.username-pattern.summary'),
      description: messages.getMessage('flags.username-pattern.description'),
      default: DEFAULT_USERNAME_PATTERN,
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
        : await this.savedPlan(conn, org, folder, flags.plan!);
      const rejected = snapshot?.rejected ?? [];
      const rejectedFile = await this.saveRejected(rejectedTo, snapshot?.csv, rejected);
      this.showPlan(plan, snapshot);
      this.showRejected(rejected, rejectedFile);
      const planFile = flags['plan-file'];
      if (planFile) await this.save(folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) {
        this.refuseIfAllRejected(snapshot);
        if (rejected.length > 0 && !flags['dry-run']) process.exitCode = EXIT.partly;
        return partnerInviteResult({ org, plan, snapshot, rejected, rejectedFile, planFile });
      }
      await this.acceptMails(plan, flags['accept-mails']);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      return this.finish({ org, plan, snapshot, folder, receipt, rejectedTo, planFile });
    });
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
      role,
      pattern: flags['username-pattern'],
      sendLogin: flags['send-login'],
      partnerRoles: recorded?.partnerRoles,
    };
    return this.reading(
      messages.getMessage('stages.plan'),
      (error) => tellInviteError(error, org.username) ?? this.tell(error, org.username),
      (update) => readInvite(conn, org, request, update)
    );
  }

  /** A saved plan counts while its licences are active and its profiles are members of the same sites in the same state. */
  private async savedPlan(conn: Connection, org: OrgIdentity, folder: RunFolder, file: string): Promise<Plan> {
    const plan = await this.loadPlan(file, INVITE_KIND, org, folder);
    const now = await readInviteFingerprint(conn, org.username, plan).catch((error: unknown) => {
      throw this.tell(error, org.username);
    });
    if (now !== plan.fingerprint) throw shared.createError('error.planStale');
    return plan;
  }

  private async save(folder: RunFolder, plan: Plan, file: string): Promise<void> {
    await savePlan(folder, plan, file);
    this.log(messages.getMessage('plan.saved', [file, plan.org.username, file]));
  }

  private refuseIfAllRejected(snapshot: InviteSnapshot | undefined): void {
    if (!snapshot || snapshot.users.length + snapshot.existing.length > 0) return;
    const [first] = snapshot.rejected;
    if (first) throw messages.createError('error.allRejected', [snapshot.rejected.length, first.reason]);
  }

  /** Welcome mails cannot be held back or taken back: they have a consent of their own. @throws SfError without it */
  private async acceptMails(plan: Plan, accepted: boolean): Promise<void> {
    const { mails, users } = inviteDetailsSchema.parse(plan.details);
    const maybe = !mails.known && users > 0;
    if (accepted || !(maybe || (mails.route === 'welcome' && mails.mails > 0))) return;
    const text = maybe ? plan.warnings.join(' ') : mailsText(mails);
    if (!this.canAsk()) throw messages.createError('error.mails', [text]);
    const message = messages.getMessage('prompt.mails', [text]);
    if (!(await this.confirm({ message, defaultAnswer: false }))) throw shared.createError('error.declined');
  }

  private showPlan(plan: Plan, snapshot: InviteSnapshot | undefined): void {
    const details = inviteDetailsSchema.parse(plan.details);
    this.log();
    if (snapshot) this.showFile(snapshot.csv, snapshot.unused);
    const { users, contacts, existing, logins, seats, mails } = details;
    this.log(messages.getMessage('plan.title', [plan.org.domain, plan.org.kind, users, contacts, existing]));
    if (snapshot) this.showUsers(snapshot);
    for (const { licence, total, used, needed } of seats) {
      if (total === null) this.log(messages.getMessage('plan.licenceUnknown', [licence, needed]));
      else this.log(messages.getMessage('plan.licence', [licence, needed, total - (used ?? 0), total]));
    }
    if (plan.steps.length === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    if (users > 0) this.log(mailsText(mails));
    const again = logins - (mails.route === 'password-reset' ? mails.mails : 0);
    if (again > 0) this.log(messages.getMessage('plan.logins', [again]));
    for (const warning of plan.warnings) this.warn(warning);
    this.log(messages.getMessage(users > 0 ? 'plan.undo' : 'plan.undoMails'));
    this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  /** One user as the page "New User" shows it; several as a table. */
  private showUsers({ users }: InviteSnapshot): void {
    const [only] = users;
    if (only && users.length === 1) {
      this.log(messages.getMessage('plan.newUser'));
      const { line: _line, ...user } = userOf(only);
      const data = Object.entries(user).map(([field, value]) => ({ field, value: value ?? '' }));
      this.table({ data, columns: ['field', 'value'], overflow: 'wrap' });
    } else if (only) {
      const data = this.first(users).map((one) => {
        const {
          firstName = '',
          lastName,
          account,
          username,
          alias,
          profile,
          portalRole,
          language,
          timeZone,
        } = userOf(one);
        return {
          name: `${firstName} ${lastName}`.trim(),
          account,
          username,
          alias,
          profile,
          role: portalRole,
          language,
          timeZone,
        };
      });
      const columns = ['name', 'account', 'username', 'alias', 'profile', 'role', 'language'] as const;
      this.table({ data, columns: [...columns, { key: 'timeZone', name: 'Time zone' }], overflow: 'wrap' });
      this.showMore(users.length);
    }
  }

  private showReceipt(receipt: Receipt): void {
    for (const { kind, object, done, rows } of receipt.steps) {
      if (kind === 'send-login') this.log(messages.getMessage('result.logins', [done, rows]));
      else if (object === 'User') this.log(messages.getMessage('result', [done, rows]));
    }
    const { verification } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('result.verified', [verification.method]));
    else if (verification) this.warn(messages.getMessage('result.notVerified', [verification.differences[0] ?? '']));
    this.tellRest(receipt);
  }

  private async finish(run: Applied): Promise<PartnerInviteResult> {
    const { org, plan, snapshot, folder, receipt, rejectedTo, planFile } = run;
    const refused = snapshot ? await refusedInvites(folder, receipt, snapshot) : [];
    const rejected = [...(snapshot?.rejected ?? []), ...refused];
    const rejectedFile = await this.saveRejected(rejectedTo, snapshot?.csv, rejected);
    this.showReceipt(receipt);
    this.showRejected(refused, rejectedFile);
    if (receipt.state === 'done' && rejected.length > 0) process.exitCode = EXIT.partly;
    const account = (snapshot?.users[0] ?? snapshot?.logins[0])?.account.name;
    if (account) this.log(messages.getMessage('next.check', [org.username, account]));
    if (receipt.steps.some(({ object, kind, done }) => kind === 'records' && object === 'User' && done > 0)) {
      this.log(messages.getMessage('undo', [receipt.run, org.username]));
    }
    return partnerInviteResult({ org, plan, snapshot, rejected, rejectedFile, planFile, receipt });
  }
}

type Requested = {
  contact?: string[];
  account?: string[];
  file?: string;
  encoding?: string;
  'external-id'?: string;
  profile?: string;
  role: InviteRequest['role'];
  'username-pattern': string;
  'send-login': boolean;
};

type Applied = {
  org: OrgIdentity;
  plan: Plan;
  snapshot?: InviteSnapshot;
  folder: RunFolder;
  receipt: Receipt;
  rejectedTo?: string;
  planFile?: string;
};

const mailsText = ({ route, mails, sites }: InviteDetails['mails']): string =>
  messages.getMessage(`plan.mails.${route}`, [mails, sites.join(', ')]);

/** Bad input in words, or undefined for another error. */
function tellInviteError(error: unknown, username: string): Error | undefined {
  if (error instanceof InviteInputError)
    return messages.createError(`error.${error.key}`, [...error.details], [username]);
  if (!(error instanceof UsernameError) || error.key === 'usernameAddress' || error.key === 'usernameDomain')
    return undefined;
  return messages.createError(`error.${error.key}`, [...error.details]);
}
