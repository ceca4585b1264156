/** Shares of single records and team members, grouped by whom they are for; five objects an API call. */
import {
  all,
  compare,
  countOf,
  groupsBy,
  queryTogether,
  select,
  type Condition,
  type QueryAnswer,
  type Select,
} from '../../org/read/index.js';
import type { ManualShare, TeamMember } from '../model.js';
import { isOff, type Reader } from './reader.js';

/** Causes that follow from something else that the review looks at. */
const DERIVED = ['Owner', 'Rule', 'GuestRule', 'ImplicitChild', 'ImplicitParent', 'PortalImplicit', 'Team'];

type Grouped = { total: number } & Record<string, unknown>;
type Question = { object: string; share: string; access: string; custom: boolean };

/** Manual shares of the objects; those of custom objects may also have causes of their own. */
export async function readManualShares(
  reader: Reader,
  objects: readonly string[],
  existing: ReadonlySet<string>
): Promise<ManualShare[]> {
  const questions = objects.map(questionOf).filter(({ share }) => existing.has(share));
  const answers = await groupsTogether(reader, questions.map(queryOf), () => 'UserOrGroupId');
  return answers.flatMap(({ records, error }, index) => {
    const { object, access } = questions[index]!;
    if (error) reader.note(`Manual shares of ${object}`, error);
    return (records ?? []).map((row) => ({
      object,
      targetId: String(row.UserOrGroupId),
      cause: String(row.RowCause),
      access: String(row[access]),
      records: row.total,
      ...(object === 'Account' ? { opens: childrenOf(row) } : {}),
    }));
  });
}

/** Fields of AccountShare that open what belongs to the account (platform-facts B6). */
const CHILDREN = { Contact: 'ContactAccessLevel', Opportunity: 'OpportunityAccessLevel', Case: 'CaseAccessLevel' };

const childrenOf = (row: Grouped): string[] =>
  Object.entries(CHILDREN).flatMap(([object, field]) =>
    ['Read', 'Edit'].includes(String(row[field])) ? [object] : []
  );

function questionOf(object: string): Question {
  const custom = object.endsWith('__c');
  const share = custom ? object.replace(/__c$/, '__Share') : `${object}Share`;
  return { object, share, access: custom ? 'AccessLevel' : `${object}AccessLevel`, custom };
}

function queryOf({ object, share, access, custom }: Question): Select {
  const children = object === 'Account' ? Object.values(CHILDREN) : [];
  const groupBy = ['UserOrGroupId', 'RowCause', access, ...children];
  const where: Condition = custom
    ? all(...DERIVED.map((cause) => compare('RowCause', '!=', cause)))
    : compare('RowCause', '=', 'Manual');
  return { from: share, fields: [...groupBy, countOf('Id', 'total')], where, groupBy };
}

const TEAMS = [
  { object: 'Account', team: 'AccountTeamMember', user: 'UserId' },
  { object: 'Opportunity', team: 'OpportunityTeamMember', user: 'UserId' },
  { object: 'Case', team: 'CaseTeamMember', user: 'MemberId' },
];

/** Members of teams, where the org has teams. */
export async function readTeams(reader: Reader, existing: ReadonlySet<string>): Promise<TeamMember[]> {
  const teams = TEAMS.filter(({ team }) => existing.has(team));
  const queries = teams.map(({ team, user }) => ({
    from: team,
    fields: [user, countOf('Id', 'total')],
    groupBy: [user],
  }));
  const answers = await groupsTogether(reader, queries, (at) => teams[at]!.user);
  return answers.flatMap(({ records, error }, index) => {
    const { object, user } = teams[index]!;
    if (error && !isOff(error)) reader.note(`Teams of ${object}`, error);
    return (records ?? []).map((row) => ({ object, userId: String(row[user]), records: row.total }));
  });
}

/** Answers in the order asked. What has more groups than the org gives at once is read by pages; `by` tells by which ids. */
async function groupsTogether(
  { conn }: Reader,
  queries: readonly Select[],
  by: (at: number) => string
): Promise<Array<QueryAnswer<Grouped>>> {
  const answers = await queryTogether<Grouped>(conn, queries.map(select));
  return Promise.all(
    answers.map(async (answer, at) => {
      if (answer.error?.errorCode !== 'EXCEEDED_ID_LIMIT') return answer;
      return groupsBy<Grouped>(conn, queries[at]!, by(at)).then(
        (records) => ({ records }),
        (error: Error) => ({ error })
      );
    })
  );
}
