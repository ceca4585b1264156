/** Reads what the user asked for: members, caps and selection. Throws before anything is written. */
import type { Connection } from '@salesforce/core';
import { all, compare, ConditionError, parseCondition, type Condition } from '../../org/read/index.js';
import { missingLeadAccess } from '../lead-access.js';
import { readIdFile } from './id-file.js';
import { parseCap, parseTarget, reduceWeights } from './target-spec.js';
import { leadQueueNames, resolveTargets, type ResolvedTargets, type TargetProblem } from './targets.js';
import type { Selection, Target } from './types.js';

/** What the user typed. */
export type DistributeFlags = {
  to: readonly string[];
  cap: readonly string[];
  where?: string;
  file?: string;
  fromQueue?: string;
};

/** A request that cannot be planned; the key names the message. */
export class RequestError extends Error {
  public constructor(
    public readonly key: 'noTargets' | 'noSelection' | 'targets' | 'fromQueue' | 'where' | 'access',
    public readonly problems: ReadonlyArray<
      TargetProblem | { key: 'cap' | 'capUnknown'; text: string; detail: string }
    >,
    public readonly details: readonly string[] = []
  ) {
    super(`${key}: ${details.join(' ')}`);
    this.name = 'RequestError';
  }
}

/** The running user must be able to change lead owners. @throws RequestError, or the org's error where Lead is not visible */
export async function checkAccess(conn: Connection): Promise<void> {
  const missing = await missingLeadAccess(conn);
  if (missing) throw new RequestError('access', [], [missing]);
}

/** Members with weights and caps, and what could not be seen of them or is worth a warning. */
export type Members = Omit<ResolvedTargets, 'problems'>;

/** Who takes part. @throws RequestError */
export async function readTargets(conn: Connection, { to, cap }: DistributeFlags): Promise<Members> {
  if (to.length === 0) throw new RequestError('noTargets', []);
  const specs = to.map(parseTarget);
  const { targets, problems, unchecked, doubts } = await resolveTargets(conn, specs);
  const unknown = problems.some(({ key }) => key === 'unknown');
  const queues = unknown ? (await leadQueueNames(conn)).join(', ') : '';
  const told: RequestError['problems'] = problems.map((problem) =>
    problem.key === 'unknown' ? { ...problem, detail: queues } : problem
  );
  if (told.length > 0) throw new RequestError('targets', told);
  const names = specs.map(({ text }) => text);
  return { targets: reduceWeights(withCaps(targets, names, cap)), unchecked, doubts };
}

function withCaps(targets: readonly Target[], texts: readonly string[], caps: readonly string[]): Target[] {
  const result = targets.map((target) => ({ ...target }));
  for (const text of caps) {
    const parsed = parseCap(text);
    if (!parsed) throw new RequestError('targets', [{ key: 'cap', text, detail: '' }]);
    const index = texts.findIndex((name) => name.toLowerCase() === parsed.text.toLowerCase());
    const target = result[index];
    if (!target) throw new RequestError('targets', [{ key: 'capUnknown', text: parsed.text, detail: '' }]);
    target.cap = parsed.cap;
  }
  return result;
}

/** The leads asked for. @throws RequestError, IdFileError */
export async function readSelection(conn: Connection, { where, file, fromQueue }: DistributeFlags): Promise<Selection> {
  if (file !== undefined) return { kind: 'ids', ids: await readIdFile(file), text: `ids in ${file}` };
  const conditions: Condition[] = [];
  const texts: string[] = [];
  if (fromQueue !== undefined) {
    const queue = await readSource(conn, fromQueue);
    conditions.push(compare('OwnerId', '=', queue.id), compare('IsConverted', '=', false));
    texts.push(`queue ${queue.name}`);
  }
  if (where !== undefined) {
    conditions.push(await readCondition(where));
    texts.push(where);
  }
  if (conditions.length === 0) throw new RequestError('noSelection', []);
  return { kind: 'condition', where: all(...conditions), text: texts.join(' and ') };
}

async function readSource(conn: Connection, name: string): Promise<Target> {
  const { targets, problems } = await resolveTargets(conn, [{ text: name, weight: 1 }]);
  const [queue] = targets;
  if (queue?.kind === 'Queue') return queue;
  const [problem] = problems;
  const queues = problem?.key === 'unknown' ? (await leadQueueNames(conn)).join(', ') : (problem?.detail ?? '');
  throw new RequestError('fromQueue', problem ? [{ ...problem, detail: queues }] : [], [name]);
}

async function readCondition(where: string): Promise<Condition> {
  try {
    return await parseCondition('Lead', where);
  } catch (error) {
    if (error instanceof ConditionError) throw new RequestError('where', [], [error.problem, where]);
    throw error;
  }
}
