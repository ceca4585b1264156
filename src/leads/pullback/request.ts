/** Whose leads are looked at, by what they are judged, and where they go. Reads only. */
import type { Connection } from '@salesforce/core';
import { ConditionError, parseCondition, type Condition } from '../../org/read/index.js';
import { ASSIGNMENT } from '../assignments/index.js';
import { checkAccess, readTargets, RequestError, type Target } from '../distribute/index.js';
import {
  namedScope,
  ownersScope,
  parseDuration,
  partnerScope,
  readSources,
  rotationScope,
  type Judging,
  type Scope,
} from '../holding/index.js';
import { readRotation, type StoredRotation } from '../rotation/records/index.js';
import type { PullbackRequest } from './details.js';

/** A request that cannot be planned; the key names the message. */
export class PullbackError extends Error {
  public constructor(
    public readonly key: 'untouched' | 'noTarget' | 'noFallback' | 'unknownRotation' | 'toUser',
    public readonly detail = ''
  ) {
    super(`${key}: ${detail}`);
    this.name = 'PullbackError';
  }
}

export type PullbackSnapshot = {
  request: PullbackRequest;
  scope: Scope;
  where?: Condition;
  /** Milliseconds. */
  limit: number;
  judging: Judging;
  to: Target;
  rotation?: StoredRotation;
  /** Whether the running user may make records of Lead_Assignment__c. */
  recorded: boolean;
  /** What cannot be known, in sentences. */
  notes: string[];
};

/**
 * @param owners ids of the owners of a plan that is looked at again; those of the request may be others by now
 * @throws PullbackError, RequestError, UnknownOwners, PackageMissing for a rotation, or the org's error
 */
export async function readPullback(
  conn: Connection,
  request: PullbackRequest,
  owners?: ReadonlySet<string>
): Promise<PullbackSnapshot> {
  const limit = parseDuration(request.untouched);
  if (limit === undefined) throw new PullbackError('untouched', request.untouched);
  const where = await conditionOf(request.where);
  await checkAccess(conn);
  const rotation = await rotationOf(conn, request.rotation);
  const to = await targetOf(conn, request.to, rotation);
  const { sources, notes } = await readSources(conn);
  return {
    request,
    scope: owners ? await ownersScope(conn, owners) : await scopeOf(conn, request, rotation),
    ...(where === undefined ? {} : { where }),
    limit,
    judging: { sources, now: Date.now(), ignored: new Set(request.ignored) },
    to,
    ...(rotation ? { rotation } : {}),
    recorded: sources.assignments && (await conn.describe(ASSIGNMENT)).createable,
    notes,
  };
}

async function rotationOf(conn: Connection, key: string | undefined): Promise<StoredRotation | undefined> {
  if (key === undefined) return undefined;
  const stored = await readRotation(conn, key);
  if (!stored) throw new PullbackError('unknownRotation', key);
  return stored;
}

function scopeOf(
  conn: Connection,
  { fromOwners, claimed }: PullbackRequest,
  rotation: StoredRotation | undefined
): Promise<Scope> {
  if (fromOwners.length > 0) return namedScope(conn, fromOwners);
  return rotation ? rotationScope(conn, rotation, claimed) : partnerScope(conn);
}

async function conditionOf(where: string | undefined): Promise<Condition | undefined> {
  if (where === undefined) return undefined;
  try {
    return await parseCondition('Lead', where);
  } catch (error) {
    if (error instanceof ConditionError) throw new RequestError('where', [], [error.problem, where]);
    throw error;
  }
}

/** The queue that leads go to: the one that is named, else the one of the rotation for leads that nobody can take. */
async function targetOf(
  conn: Connection,
  named: string | undefined,
  stored: StoredRotation | undefined
): Promise<Target> {
  const name = named ?? stored?.rotation.fallback;
  if (name === undefined)
    throw stored ? new PullbackError('noFallback', stored.rotation.key) : new PullbackError('noTarget');
  const { targets } = await readTargets(conn, { to: [name], cap: [] });
  const [to] = targets;
  if (to?.kind !== 'Queue') throw new PullbackError('toUser', name);
  return to;
}
