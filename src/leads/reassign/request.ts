/** What is to be reassigned, and to whom. Reads only; all that is wrong is found before anything is asked. */
import type { Connection } from '@salesforce/core';
import { all } from '../../org/read/index.js';
import type { PartnerCsv } from '../../partners/index.js';
import type { RejectedRow } from '../../partners/rejected.js';
import { readLeadSelection } from '../assign/index.js';
import { checkAccess, leadQueueNames, readSelection, RequestError, type Selection } from '../distribute/index.js';
import type { PartnerDoubt, TargetProblem } from '../distribute/targets.js';
import { namedScope } from '../holding/index.js';
import type { Owner } from '../owner-names.js';
import { readOwnerFile, rejectedRow, type FileRow, type OwnerFile } from './owner-file.js';
import { ownerFor, resolveOwners } from './owners.js';

/** What the user typed. */
export type ReassignRequest = {
  ids: readonly string[];
  where?: string;
  file?: string;
  encoding?: string;
  fromOwners: readonly string[];
  to?: string;
};

/** Every row of the file is rejected. */
export class AllRejected extends Error {
  public constructor(
    public readonly rejected: readonly RejectedRow[],
    public readonly csv?: PartnerCsv
  ) {
    super(`all ${rejected.length} rows are rejected`);
    this.name = 'AllRejected';
  }
}

/** A request without a new owner. */
export class NoNewOwner extends Error {
  public constructor() {
    super('no new owner');
    this.name = 'NoNewOwner';
  }
}

/** Who gets a lead, and why in words. */
export type Given = { owner: Owner; reason: string };

export type ReassignSnapshot = {
  selection: Selection;
  /** Who gets a lead; every lead of the selection has somebody. */
  givenFor: (leadId: string) => Given;
  /** All new owners, once each. */
  owners: readonly Owner[];
  unchecked: readonly string[];
  doubts: readonly PartnerDoubt[];
  csv?: PartnerCsv;
  /** Rows of the file by lead. */
  rows: ReadonlyMap<string, FileRow>;
  rejected: readonly RejectedRow[];
};

/** Words for why an owner that a row names cannot be used. */
export type Words = (problem: TargetProblem) => string;

/** @throws RequestError, IdFileError, LeadIdError, PartnerCsvError, UnknownOwners, AllRejected, NoNewOwner */
export async function readReassign(
  conn: Connection,
  request: ReassignRequest,
  words: Words
): Promise<ReassignSnapshot> {
  const file = request.file === undefined ? undefined : await readOwnerFile(request.file, request.encoding);
  await checkAccess(conn);
  if (file) return fromFile(conn, request, file, words);
  if (request.to === undefined) throw new NoNewOwner();
  const selection = await selectionOf(conn, request);
  const { byText, problems, unchecked, doubts } = await resolveOwners(conn, [request.to]);
  const [owner] = byText.values();
  if (!owner) throw await refusal(conn, [...problems.values()]);
  const given = { owner, reason: `given to ${textOf(owner)} with all ${selection.text}` };
  return { selection, givenFor: () => given, owners: [owner], unchecked, doubts, rows: new Map(), rejected: [] };
}

/** The error about `--to`, with the names of queues where the name is unknown. */
async function refusal(conn: Connection, problems: readonly TargetProblem[]): Promise<RequestError> {
  const queues = problems.some(({ key }) => key === 'unknown') ? (await leadQueueNames(conn)).join(', ') : '';
  const told = problems.map((problem) => (problem.key === 'unknown' ? { ...problem, detail: queues } : problem));
  return new RequestError('targets', told);
}

/** An owner as rows name him. */
const textOf = ({ name, kind, accountId }: Owner): string =>
  kind === 'Queue' ? `queue ${name}` : `${accountId ? 'partner user' : 'user'} ${name}`;

async function selectionOf(conn: Connection, { ids, where, fromOwners }: ReassignRequest): Promise<Selection> {
  if (fromOwners.length === 0) return readLeadSelection(conn, { ids, where });
  const scope = await namedScope(conn, fromOwners);
  const leads = { kind: 'condition' as const, where: scope.leads, text: `open leads of ${scope.text}` };
  if (where === undefined) return leads;
  const more = await readSelection(conn, { to: [], cap: [], where });
  return more.kind === 'condition'
    ? { kind: 'condition', where: all(scope.leads, more.where), text: `${leads.text} where ${where}` }
    : leads;
}

/** @throws AllRejected; RequestError where `--to` itself cannot be used */
async function fromFile(
  conn: Connection,
  { file = '', to }: ReassignRequest,
  { csv, rows, rejected: bad }: OwnerFile,
  words: Words
): Promise<ReassignSnapshot> {
  if (!csv && to === undefined) throw new NoNewOwner();
  const named = await resolveOwners(conn, [
    ...rows.flatMap(({ owner }) => owner ?? []),
    ...(to === undefined ? [] : [to]),
  ]);
  const common = to === undefined ? undefined : ownerFor(named, to);
  if (common && 'key' in common) throw await refusal(conn, [common]);
  const rejected = [...bad];
  const given = new Map<string, Given>();
  for (const row of rows) {
    const owner = row.owner === undefined ? common : ownerFor(named, row.owner);
    if (owner === undefined) rejected.push(rejectedRow(row, 'The row names no owner, and --to was not passed.'));
    else if ('key' in owner) rejected.push(rejectedRow(row, words(owner)));
    else given.set(row.id, { owner, reason: reasonFor(row, owner) });
  }
  if (given.size === 0) throw new AllRejected(rejected, csv);
  const { unchecked, doubts } = named;
  return {
    selection: { kind: 'ids', ids: [...given.keys()].sort(), text: `leads in ${file}` },
    givenFor: (id) => given.get(id)!,
    owners: [...new Map([...given.values()].map(({ owner }) => [owner.id, owner])).values()],
    unchecked,
    doubts,
    ...(csv ? { csv } : {}),
    rows: new Map(rows.map((row) => [row.id, row])),
    rejected,
  };
}

const reasonFor = ({ line, owner: text }: FileRow, owner: Owner): string =>
  `given to ${textOf(owner)} by ${text === undefined ? '--to' : 'its row'}${line === undefined ? '' : `, line ${line}`}`;
