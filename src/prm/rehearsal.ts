/**
 * Rehearsal receipts: the proof, as a file, that the same switch was thrown and verified in an org where that is
 * harmless. Production asks for one (design: Confirmation).
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fingerprint, writeJson } from '../runs/index.js';
import type { OrgIdentity } from '../org/read/index.js';
import { check, type Check } from './preflight.js';
import type { SettingChange } from './settings.js';

/** Days for which a rehearsal counts. */
export const REHEARSAL_DAYS = 30;

const contentSchema = z.object({
  format: z.literal(1),
  kind: z.literal('prm.enable'),
  /** Hash of the settings that were changed, and to what. */
  change: z.string(),
  /** Hash of the decisions file that was in force, where one was named. */
  decisions: z.string().nullable(),
  org: z.object({ id: z.string(), name: z.string(), domain: z.string(), kind: z.string(), edition: z.string() }),
  run: z.string(),
  verifiedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** `strong`: a sandbox, which production can know as its own. `weak`: another kind of org. */
  evidence: z.enum(['strong', 'weak']),
});

/** `seal` is the hash of the rest, so that an edit by hand is noticed. It is no signature. */
export const rehearsalSchema = contentSchema.extend({ seal: z.string() });

export type Rehearsal = z.infer<typeof rehearsalSchema>;

export type RehearsalInput = {
  org: OrgIdentity;
  changes: readonly SettingChange[];
  decisions: string | null;
  run: string;
  now: Date;
};

/** Hash of what is switched to what; the values before do not count. */
export const changeHash = (changes: readonly SettingChange[]): string =>
  fingerprint(changes.map(({ setting, to }) => ({ setting, to })));

/** Makes the receipt of a verified switch. */
export function rehearsalOf({ org, changes, decisions, run, now }: RehearsalInput): Rehearsal {
  const content = {
    format: 1 as const,
    kind: 'prm.enable' as const,
    change: changeHash(changes),
    decisions,
    org: { id: org.id, name: org.name, domain: org.domain, kind: org.kind, edition: org.edition },
    run,
    verifiedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + REHEARSAL_DAYS * 86_400_000).toISOString(),
    evidence: org.kind === 'sandbox' ? ('strong' as const) : ('weak' as const),
  };
  return { ...content, seal: fingerprint(content) };
}

export const writeRehearsal = (file: string, rehearsal: Rehearsal): Promise<void> => writeJson(file, rehearsal);

/** Why a receipt file does not count at all. */
export class RehearsalError extends Error {
  public constructor(
    public readonly key: 'unreadable' | 'edited',
    public readonly detail: string
  ) {
    super(`${key}: ${detail}`);
    this.name = 'RehearsalError';
  }
}

/** Reads a receipt. @throws RehearsalError */
export async function readRehearsal(file: string): Promise<Rehearsal> {
  const rehearsal = await parse(file);
  const { seal, ...content } = rehearsal;
  if (seal !== fingerprint(content)) throw new RehearsalError('edited', file);
  return rehearsal;
}

async function parse(file: string): Promise<Rehearsal> {
  try {
    return rehearsalSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new RehearsalError('unreadable', (error as Error).message.split('\n')[0] ?? '');
  }
}

export type RehearsalRequest = {
  org: OrgIdentity;
  changes: readonly SettingChange[];
  decisions: string | null;
  rehearsal?: Rehearsal;
  /** Reason given for going without. */
  without?: string;
  /** 15-character ids of the sandboxes of this production org; undefined where they cannot be read. */
  sandboxes?: readonly string[];
  now: Date;
};

/** Whether the rehearsal that production wants is there. Other orgs are where rehearsals take place. */
export function rehearsalCheck(request: RehearsalRequest): Check {
  const { org, rehearsal, without } = request;
  if (org.kind !== 'production') return check('rehearsal', 'ok', 'not-needed', org.kind);
  if (without !== undefined) return check('rehearsal', 'look', 'waived', without);
  if (!rehearsal) return check('rehearsal', 'stop', 'missing');
  return judge(request, rehearsal);
}

function judge({ org, changes, decisions, sandboxes, now }: RehearsalRequest, rehearsal: Rehearsal): Check {
  const { org: where, expiresAt, verifiedAt, evidence } = rehearsal;
  if (Date.parse(expiresAt) < now.getTime()) return check('rehearsal', 'stop', 'expired', expiresAt.slice(0, 10));
  if (rehearsal.change !== changeHash(changes)) return check('rehearsal', 'stop', 'other-change', where.domain);
  if (rehearsal.decisions !== decisions) return check('rehearsal', 'stop', 'other-decisions', where.domain);
  if (where.id === org.id) return check('rehearsal', 'stop', 'same-org');
  const day = verifiedAt.slice(0, 10);
  if (evidence === 'weak') return check('rehearsal', 'look', 'weak', where.domain, where.kind, day);
  if (!sandboxes) return check('rehearsal', 'stop', 'sandboxes-unknown', where.domain);
  // SandboxProcess has ids of 15 characters (platform-facts, addenda).
  if (!sandboxes.includes(where.id.slice(0, 15))) return check('rehearsal', 'stop', 'foreign', where.domain);
  return check('rehearsal', 'ok', 'rehearsed', where.domain, day);
}
