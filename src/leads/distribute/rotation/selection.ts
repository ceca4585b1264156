/** Which leads a rotation spreads: those of its own condition and of the command's, and none that a partner has already. */
import type { Connection } from '@salesforce/core';
import {
  all,
  compare,
  isIn,
  isNotInQuery,
  not,
  parseCondition,
  queryAll,
  select,
  type Condition,
} from '../../../org/read/index.js';
import { Matching } from '../../rotation/matching.js';
import type { Rotation } from '../../rotation/model.js';
import type { Selection } from '../types.js';

export type Narrowed = {
  selection: Selection;
  /** A condition that all leads of the selection meet, for further queries. */
  within: Condition;
  /** Owners whose leads stay with them. */
  held: ReadonlySet<string>;
  /** For ids: which of them the rotation spreads. */
  filter?: Matching;
};

export type Narrowing = {
  rotation: Rotation;
  /** What the command asked for; absent where the rotation alone says which leads. */
  selection: Selection | undefined;
  /** Ids of the members' queues and users. */
  members: readonly string[];
  /** Queues whose leads stay there unless somebody names owners. */
  taken: ReadonlySet<string>;
  /** Leads that partners, or queues of partners, have already are spread anew. */
  redistribute: boolean;
};

const PARTNERS = select({ from: 'User', fields: ['Id'], where: compare('UserType', '=', 'PowerPartner') });

/** Who writes such a condition says from whom leads are taken. */
const NAMES_OWNERS = /\bOwner(?:Id\b|\.)/i;

/** @throws ConditionError for a rotation whose condition is none */
export async function narrow(conn: Connection, narrowing: Narrowing): Promise<Narrowed | undefined> {
  const { rotation, selection } = narrowing;
  if (selection?.kind === 'ids') return byIds(conn, narrowing, selection.ids, selection.text);
  if (rotation.leads === undefined && !selection) return undefined;
  return byCondition(narrowing, rotation.leads === undefined ? [] : [await parseCondition('Lead', rotation.leads)]);
}

/** Members' own leads never go round again, so none is counted twice. */
function byCondition(narrowing: Narrowing, own: readonly Condition[]): Narrowed {
  const { rotation, selection, members, redistribute } = narrowing;
  const asked = [...own, ...(selection?.kind === 'condition' ? [selection.where] : [])];
  const notOurs = not(isIn('OwnerId', members));
  const within = all(...asked, notOurs, ...(redistribute ? [] : free(narrowing, asked)));
  const texts = [rotation.leads, selection?.text].filter((text) => text !== undefined);
  return { selection: { kind: 'condition', where: within, text: texts.join(' and ') }, within, held: new Set() };
}

/** Leads that nobody has: in queues where no partner sits and to which no rotation gives. */
function free({ taken }: Narrowing, asked: readonly Condition[]): Condition[] {
  const notPartners = isNotInQuery('OwnerId', PARTNERS);
  if (asked.some((condition) => NAMES_OWNERS.test(condition))) return [notPartners];
  return [notPartners, compare('Owner.Type', '=', 'Queue'), not(isIn('OwnerId', [...taken]))];
}

async function byIds(
  conn: Connection,
  { rotation, members, redistribute }: Narrowing,
  ids: readonly string[],
  text: string
): Promise<Narrowed> {
  const within = all(compare('Id', '>=', ids[0] ?? ''), compare('Id', '<=', ids.at(-1) ?? ''));
  const partners = redistribute ? [] : await queryAll<{ Id: string }>(conn, PARTNERS);
  const held = new Set([...members, ...partners.map(({ Id }) => Id)]);
  const narrowed = { selection: { kind: 'ids' as const, ids, text }, within, held };
  if (rotation.leads === undefined) return narrowed;
  const filter = new Matching([{ criteria: rotation.leads }]);
  await filter.read(conn, within);
  return { ...narrowed, filter };
}
