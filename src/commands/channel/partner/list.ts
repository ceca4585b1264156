import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { checkWritable } from '../../../channel-command.js';
import { PartnerCommand, partnerFlags } from '../../../partner-command.js';
import {
  LIST_STATES,
  partnerListResult,
  readDirectory,
  type ListedAccount,
  type PartnerListResult,
} from '../../../partners/index.js';
import { writeTableCsv } from '../../../report/table-csv.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.list');

export default class PartnerList extends PartnerCommand<PartnerListResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...partnerFlags,
    state: Flags.option({
      summary: messages.getMessage('flags.state.summary'),
      description: messages.getMessage('flags.state.description'),
      options: LIST_STATES,
      multiple: true,
    })(),
  };

  public async run(): Promise<PartnerListResult> {
    const { flags } = await this.parse(PartnerList);
    const { account, manager, state: states, csv } = flags;
    const conn = flags['target-org'].getConnection(flags['api-version']);
    await checkWritable(csv);
    const org = await this.identify(conn);
    const directory = await this.reading(
      messages.getMessage('stages'),
      (error) => this.tell(error, org.username),
      async (update) => {
        const found = await readDirectory(conn, org.username, { account, manager });
        update(messages.getMessage('progress', [found.entries.length]));
        return found;
      }
    );
    const result = partnerListResult({ org, directory, states, csv });
    if (csv !== undefined) await writeTableCsv(csv, COLUMNS, result.accounts.map(cellsOf));
    this.show(result);
    return result;
  }

  private show({ org, summary, accounts, hiddenUsers, csv }: PartnerListResult): void {
    if (accounts.length === 0)
      this.log(messages.getMessage(summary.accounts > 0 ? 'noneInState' : 'none', [org.domain]));
    else {
      this.table({
        data: accounts.map((one) => ({
          account: one.name,
          manager: managerText(one),
          active: one.users.active,
          inactive: one.users.inactive,
          eligible: eligibleText(one),
          leads: one.openLeads ?? '?',
          state: one.state,
        })),
        columns: [
          'account',
          'manager',
          'active',
          'inactive',
          'eligible',
          { key: 'leads', name: 'Open leads' },
          'state',
        ],
      });
    }
    const counts = Object.entries(summary.states).flatMap(([state, number]) =>
      number > 0 ? [`${state} ${number}`] : []
    );
    if (counts.length > 0) this.log(messages.getMessage('summary.counts', [summary.accounts, counts.join(', ')]));
    if (hiddenUsers > 0) this.warn(messages.getMessage('hiddenUsers', [hiddenUsers]));
    if (csv !== undefined) this.log(messages.getMessage('written', [csv]));
  }
}

/** Name of the manager, with what keeps the account from having users. */
function managerText({ manager }: ListedAccount): string {
  if (!manager) return '?';
  const { name, active, hasRole } = manager;
  return active ? (hasRole ? name : `${name} (no role)`) : `${name} (inactive)`;
}

/** How many can take leads; what is not known is never counted as a no. */
const eligibleText = ({ users: { eligible, unknown } }: ListedAccount): string =>
  unknown > 0 ? `${eligible} (${unknown} unknown)` : String(eligible);

const COLUMNS = [
  'Id',
  'Account',
  'State',
  'Partner',
  'Manager',
  'Manager active',
  'Manager has role',
  'Active users',
  'Inactive users',
  'Eligible',
  'Ineligible',
  'Not known',
  'Open leads',
];

const yesNo = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'yes' : 'no');

const cellsOf = ({
  id,
  name,
  state,
  isPartner,
  manager,
  users,
  openLeads,
}: ListedAccount): Array<string | number | undefined> => [
  id,
  name,
  state,
  yesNo(isPartner),
  manager?.name,
  yesNo(manager?.active),
  yesNo(manager?.hasRole),
  users.active,
  users.inactive,
  users.eligible,
  users.ineligible,
  users.unknown,
  openLeads,
];
