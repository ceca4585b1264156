/** Plans a handover: reads, decides, and writes nothing but files of the run folder. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import { emptySnapshot, type SharingSnapshot } from '../../sharing/model.js';
import {
  callsOfUpdate,
  fingerprint,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import { accountsById, accountsOwnedBy } from '../owned-accounts.js';
import { rowsBy } from '../portal.js';
import { readRoleSharing } from '../role-sharing.js';
import { namedAccounts, type NamedAccounts } from '../named-accounts.js';
import { requireOwnerAccess } from './access.js';
import { chooseAccounts, leadMode, type Choice, type LeadMode } from './choose.js';
import type { HandoverDetails } from './details.js';
import { effectsOf } from './effects.js';
import { HandoverError } from './errors.js';
import { readableObjects, readSides, whyNot, type Side, type Sides } from './people.js';
import { readHandover, type HandoverSnapshot } from './read.js';
import { ACCOUNT_STEP, LEAD_STEP, ownerStep, writeAccounts, writeLeads } from './rows.js';
import { writeShares } from './shares.js';
import { warningsOf } from './warnings.js';

export const HANDOVER_KIND = 'partner.handover';

/** All partner accounts go where none is named. */
export type HandoverRequest = {
  /** Names, usernames or ids. */
  from: string;
  to: string;
  leads?: LeadMode;
} & NamedAccounts;

/** Builds the plan. @throws HandoverError, PartnerNameError */
export async function buildHandover(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  request: HandoverRequest,
  onProgress: (text: string) => void = () => undefined
): Promise<Plan> {
  const sides = await readSides(conn, request);
  const { choice, named } = await readChoice(conn, sides, request);
  const mode = leadMode(request.leads, choice);
  await requireOwnerAccess(conn, mode === 'move');
  const readable = await readableObjects(conn, sides.to.id);
  const problems = whyNot(sides.to, readable, mode === 'move');
  if (problems.length > 0) throw new HandoverError('target', problems);
  onProgress('portal roles, users, shares and sharing rules');
  const [snapshot, sharing] = await Promise.all([
    readHandover(conn, org.username, sides, choice, mode),
    isNothing(choice, mode) ? emptySnapshot(org) : readRoleSharing(conn, org),
  ]);
  const { steps, moved } = await writeSteps(conn, folder, { sides, choice, mode, snapshot, onProgress });
  await writeShares(folder, snapshot, sharing);
  const details: HandoverDetails = {
    from: shortOf(sides.from),
    to: shortOf(sides.to),
    accounts: accountsOf(choice, snapshot),
    already: choice.already.map(({ id, name }) => ({ id, name })),
    staying: choice.staying,
    named: named ?? null,
    leads: mode,
    leadsAsked: request.leads !== undefined,
    effects: effectsOf({ sides, choice, snapshot, sharing, moved }),
  };
  const warnings = warningsOf(details, readable !== undefined);
  const plan = planOf(org, steps, details, fingerprintOf(details, snapshot, sharing), warnings);
  await folder.writePlan(plan);
  return plan;
}

/** Then what sharing rests on need not be read. */
const isNothing = ({ going }: Choice, mode: LeadMode): boolean => going.length === 0 && mode === 'keep';

async function readChoice(
  conn: Connection,
  sides: Sides,
  request: NamedAccounts
): Promise<{ choice: Choice; named: string[] | undefined }> {
  const named = await namedAccounts(conn, request);
  const owned = await accountsOwnedBy(conn, sides.from.id);
  const accounts = named && (await accountsById(conn, named));
  return { choice: chooseAccounts(sides, owned, accounts), named: named && [...named].sort() };
}

type Steps = { steps: UpdateRowsStep[]; moved: number };
type StepsInput = {
  sides: Sides;
  choice: Choice;
  mode: LeadMode;
  snapshot: HandoverSnapshot;
  onProgress: (text: string) => void;
};

async function writeSteps(conn: Connection, folder: RunFolder, input: StepsInput): Promise<Steps> {
  const { sides, choice, mode, snapshot, onProgress } = input;
  const { from, to } = sides;
  const accounts = await writeAccounts(folder, choice.going, to);
  const leads =
    mode === 'move'
      ? await writeLeads(conn, folder, from, to, (read) => onProgress(`${read} leads`))
      : { count: 0, since: '' };
  const about = (id: string, title: string, object: string, shares: number): Parameters<typeof ownerStep>[1] => ({
    id,
    title,
    object,
    // Shares by hand do not come back with the owner, and nobody inactive can own anything.
    undo: from.active && shares === 0 ? 'exact' : 'best-effort',
  });
  return {
    steps: [
      ...(await ownerStep(
        folder,
        about(ACCOUNT_STEP, `Give the accounts to ${to.name}`, 'Account', sizeOf(snapshot.accountShares)),
        accounts,
        to
      )),
      ...(await ownerStep(
        folder,
        about(LEAD_STEP, `Give the open leads to ${to.name}`, 'Lead', sizeOf(snapshot.leadShares)),
        leads,
        to
      )),
    ],
    moved: leads.count,
  };
}

const sizeOf = (rows: HandoverSnapshot['accountShares']): number => (rows.known ? rows.value.length : 0);

function accountsOf({ going }: Choice, { accountShares }: HandoverSnapshot): HandoverDetails['accounts'] {
  const shares = rowsBy(accountShares.known ? accountShares.value : [], ({ AccountId }) => AccountId ?? '');
  return going.map(({ id, name }) => ({ id, name, manualShares: shares.get(id)?.length ?? 0 }));
}

const shortOf = ({ id, name, username, active, role }: Side): HandoverDetails['from'] => ({
  id,
  name,
  username,
  active,
  role,
});

/** Everything that was shown before the consent and is no matter of single leads. */
const fingerprintOf = (
  { from, to, accounts, leads, effects }: HandoverDetails,
  { portalRoles, accountShares }: HandoverSnapshot,
  { roles }: SharingSnapshot
): string =>
  fingerprint({
    from,
    to,
    leads,
    accounts: accounts.map(({ id }) => id),
    portalRoles: portalRoles.known ? portalRoles.value.map(({ Id, ParentRoleId }) => [Id, ParentRoleId]).sort() : null,
    shares: accountShares.known ? accountShares.value.map(({ Id }) => Id).sort() : null,
    roles: roles.filter(({ portal }) => portal === 'None').map(({ id, parentId }) => [id, parentId]),
    shifts: effects.shifts?.map(({ kind, name, what }) => [kind, name, what]) ?? null,
  });

function planOf(
  org: OrgIdentity,
  steps: UpdateRowsStep[],
  details: HandoverDetails,
  hash: string,
  warnings: string[]
): Plan {
  const { accounts, effects, from, to } = details;
  return {
    format: PLAN_FORMAT,
    kind: HANDOVER_KIND,
    title: `Hand ${accounts.length} partner accounts and ${effects.leads.moved} leads over from ${from.name} to ${to.name}`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: hash,
    steps,
    warnings,
    cost: {
      ...totalCalls(steps.map(callsOfUpdate)),
      emails: 0,
      licences: 0,
    },
    details,
  };
}
