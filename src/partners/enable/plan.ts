/** Turns decisions about accounts into a plan: new accounts first, then owner and partner flag (platform-facts C1, fact 1). */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  fingerprint,
  madeBy,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type RecordsStep,
  type RunFolder,
} from '../../runs/index.js';
import { findManagers, type Manager } from '../managers.js';
import { sentence } from '../sentence.js';
import type { Decided } from './decide.js';

export const ENABLE_KIND = 'partner.enable';

export const ACCOUNTS_STEP = 'accounts';
export const PARTNERS_STEP = 'partners';
export const OWNERS_STEP = 'owners';

const count = z.number().int().nonnegative();

/** What a plan of partner accounts keeps besides its rows. */
export const enableDetailsSchema = z.object({
  /** Partner roles that each account gets, as somebody said; null where no account is new as a partner. */
  partnerRoles: z.number().int().nullable(),
  create: count,
  enable: count,
  changeOwner: count,
  unchanged: count,
  rejected: count,
  managers: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.string().nullable(), active: z.boolean(), accounts: count })
  ),
});

export type EnableDetails = z.infer<typeof enableDetailsSchema>;

export type EnablePlanRequest = {
  org: OrgIdentity;
  folder: RunFolder;
  decided: readonly Decided[];
  rejected: number;
  viewer: Manager;
  partnerRoles: number | null;
};

/** Rows of the plan by what is done, in the order of the steps' rows. */
export type EnableRows = {
  created: Decided[];
  /** Those that become partners, the new ones among them. */
  updated: Decided[];
  /** Partners already, who get another owner. */
  moved: Decided[];
};

/** Rows in the order in which they are written: those of one owner together (platform-facts H, locks). */
export function rowsOf(decided: readonly Decided[]): EnableRows {
  const sorted = [...decided].sort(
    (a, b) => a.owner.id.localeCompare(b.owner.id) || a.name.localeCompare(b.name) || compareIds(a, b)
  );
  return {
    created: sorted.filter(({ action }) => action === 'create'),
    updated: sorted.filter(({ action }) => action === 'create' || action === 'enable'),
    moved: sorted.filter(({ action }) => action === 'change-owner'),
  };
}

const compareIds = (a: Decided, b: Decided): number => (a.account?.id ?? '').localeCompare(b.account?.id ?? '');

/** Hash of what the plan relies on: the channel managers, their activity and roles. */
const managersFingerprint = (managers: readonly Manager[]): string =>
  fingerprint(managers.map(({ id, role, active }) => ({ id, role, active })).sort((a, b) => a.id.localeCompare(b.id)));

/** The same for the managers of a saved plan, as they are now. */
export async function readManagersFingerprint(conn: Connection, { details }: Plan): Promise<string> {
  const { managers } = enableDetailsSchema.parse(details);
  const find = await findManagers(
    conn,
    managers.map(({ id }) => id)
  );
  return managersFingerprint(managers.map((manager) => find(manager.id).manager ?? { ...manager, active: false }));
}

/** Writes the rows into the run folder and the plan beside them. */
export async function buildEnablePlan(request: EnablePlanRequest): Promise<Plan> {
  const { org, folder, decided, rejected, viewer, partnerRoles } = request;
  const rows = rowsOf(decided);
  const steps = await stepsOf(folder, rows);
  const details = detailsOf(decided, rejected, partnerRoles);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: ENABLE_KIND,
    title: titleOf(details),
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: managersFingerprint(details.managers),
    steps,
    warnings: warningsOf(rows, viewer),
    cost: { ...totalCalls(steps.map((step) => callsOfRecords(step, knownRows(step, rows)))), emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

const titleOf = ({ create, enable, changeOwner }: EnableDetails): string => {
  const parts = [
    ...(create + enable > 0 ? [`make ${create + enable} accounts partner accounts`] : []),
    ...(changeOwner > 0 ? [`give ${changeOwner} partner accounts to another owner`] : []),
  ];
  return sentence(parts.length > 0 ? parts : ['no account to change']);
};

/** Rows with a before-image, and new accounts, whose names are looked up. */
const knownRows = ({ id, rows }: RecordsStep, { created }: EnableRows): number =>
  id === PARTNERS_STEP ? rows.count - created.length : rows.count;

async function stepsOf(folder: RunFolder, { created, updated, moved }: EnableRows): Promise<RecordsStep[]> {
  const steps: RecordsStep[] = [];
  if (created.length > 0) steps.push(await accountsStep(folder, created));
  if (updated.length > 0) steps.push(await partnersStep(folder, created, updated));
  if (moved.length > 0) steps.push(await ownersStep(folder, moved));
  return steps;
}

/** New accounts. Their owner is set at once, so that nobody else ever sees them as theirs. */
async function accountsStep(folder: RunFolder, created: readonly Decided[]): Promise<RecordsStep> {
  const names = ['Name', ...new Set(created.flatMap(({ wish }) => Object.keys(wish.fields)))].filter(
    (name, at, all) => all.indexOf(name) === at
  );
  const rows = created.map(({ wish, name, owner }) => ({
    id: '',
    values: [...names.map((field) => (field === 'Name' ? name : (wish.fields[field] ?? null))), owner.id],
    was: [],
    stamp: '',
    label: name,
  }));
  return createRecordsStep(
    folder,
    {
      id: ACCOUNTS_STEP,
      title: 'Make the accounts that are missing',
      object: 'Account',
      operation: 'insert',
      fields: [...names, 'OwnerId'].map((name) => ({ name, type: 'text' as const })),
      key: [keyField(created)],
      keyIsUnique: false,
      takeBack: 'delete',
      keepIf: [HAS_USERS, ...NEEDED_BY],
      undo: 'best-effort',
    },
    rows
  );
}

/** Field by which new accounts are found again: the external id by which all of them were named, else the name. */
function keyField(created: readonly Decided[]): string {
  const fields = new Set(created.map(({ wish }) => (wish.ref.by === 'external' ? wish.external : 'Name')));
  const [only] = fields;
  return fields.size === 1 && only !== undefined ? only : 'Name';
}

/** Records that would go with an account, or lose it. */
const NEEDED_BY = ['Contact', 'Opportunity', 'Case'].map((object) => ({
  object,
  field: 'AccountId',
  why: `${object} records belong to it by now`,
}));

/** Switching the flag off would delete the portal roles of its users for good (platform-facts C1). */
const HAS_USERS = { object: 'User', field: 'AccountId', why: 'it has partner users by now' };

async function partnersStep(
  folder: RunFolder,
  created: readonly Decided[],
  updated: readonly Decided[]
): Promise<RecordsStep> {
  const rows = updated.map((one) => ({
    id: one.account?.id ?? madeBy(created.indexOf(one)),
    values: [one.owner.id, 'true'],
    was: [one.account?.ownerId ?? one.owner.id, String(one.account?.isPartner ?? false)],
    stamp: one.account?.stamp ?? '',
    label: one.name,
  }));
  return createRecordsStep(
    folder,
    {
      id: PARTNERS_STEP,
      title: 'Make them partner accounts of their channel managers',
      object: 'Account',
      operation: 'update',
      fields: [
        { name: 'OwnerId', type: 'text' },
        { name: 'IsPartner', type: 'boolean' },
      ],
      ...(created.length > 0 ? { idFrom: ACCOUNTS_STEP } : {}),
      key: [],
      keyIsUnique: false,
      takeBack: 'delete',
      keepIf: [HAS_USERS],
      undo: 'best-effort',
    },
    rows
  );
}

/** Partner accounts that change hands. That can be taken back whoever logs in there. */
async function ownersStep(folder: RunFolder, moved: readonly Decided[]): Promise<RecordsStep> {
  const rows = moved.map(({ account, owner, name }) => ({
    id: account!.id,
    values: [owner.id],
    was: [account!.ownerId],
    stamp: account!.stamp,
    label: name,
  }));
  return createRecordsStep(
    folder,
    {
      id: OWNERS_STEP,
      title: 'Give partner accounts to their channel managers',
      object: 'Account',
      operation: 'update',
      fields: [{ name: 'OwnerId', type: 'text' }],
      key: [],
      keyIsUnique: false,
      takeBack: 'delete',
      undo: 'exact',
    },
    rows
  );
}

function detailsOf(decided: readonly Decided[], rejected: number, partnerRoles: number | null): EnableDetails {
  const number = (wanted: Decided['action']): number => decided.filter(({ action }) => action === wanted).length;
  const managers = new Map<string, EnableDetails['managers'][number]>();
  for (const { owner } of decided) {
    const { id, name, role, active } = owner;
    managers.set(id, { id, name, role, active, accounts: (managers.get(id)?.accounts ?? 0) + 1 });
  }
  return {
    partnerRoles,
    create: number('create'),
    enable: number('enable'),
    changeOwner: number('change-owner'),
    unchanged: number('unchanged'),
    rejected,
    managers: [...managers.values()],
  };
}

function warningsOf({ updated, moved: partners }: EnableRows, viewer: Manager): string[] {
  const others = updated.filter(({ account, owner }) => account && account.ownerId !== owner.id);
  const moved = [...others, ...partners];
  const warnings: string[] = [];
  if (moved.length > 0) {
    warnings.push(
      `${moved.length} account(s) get another owner. What was shared by hand on them is lost, and the new owner's branch of the role hierarchy sees them.`
    );
  }
  if (partners.length > 0) {
    warnings.push(
      `${partners.length} of them are partner accounts already: their portal roles move below the new owner's role. "sf channel partner handover" lists the effects.`
    );
  }
  if (viewer.role === null && updated.length + partners.length > 0) {
    warnings.push('You have no role yourself. Salesforce asks for one when partner accounts are managed in its pages.');
  }
  return warnings;
}
