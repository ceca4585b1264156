/** What a list of runs tells of each. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RunState } from './events.js';
import { plannedRows } from './plan-size.js';
import { readReceipt, type Receipt } from './receipt.js';
import { restOf } from './rest.js';
import { isAlive } from './store/lock.js';
import { readJournal } from './store/journal.js';
import type { RunFolder, RunStore } from './store/folder.js';

export const runSummarySchema = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  createdAt: z.string(),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  /** `interrupted`: a process was killed while it worked on the run. */
  state: z.enum(['planned', 'running', 'interrupted', 'done', 'partly-done', 'stopped']),
  rows: z.number().int(),
  done: z.number().int(),
  undoneBy: z.string().optional(),
  folder: z.string(),
});

export type RunSummary = z.infer<typeof runSummarySchema>;

/** The runs of a store, the newest first. Folders without a readable plan are left out. */
export async function listRuns(store: RunStore): Promise<RunSummary[]> {
  const folders = await store.list();
  const summaries = await Promise.all(folders.map((folder) => summarize(folder).catch(() => undefined)));
  return summaries.flatMap((summary) => (summary ? [summary] : []));
}

/** @throws where the folder holds no plan this program can read */
export async function summarize(folder: RunFolder): Promise<RunSummary> {
  const plan = await folder.readPlan();
  const receipt = await readReceipt(folder);
  return {
    id: folder.id,
    kind: plan.kind,
    title: plan.title,
    createdAt: plan.createdAt,
    org: plan.org,
    state: await stateOf(folder, receipt),
    rows: plannedRows(plan),
    done: receipt ? restOf(receipt, plan.steps).done : 0,
    undoneBy: receipt?.undoneBy,
    folder: folder.path,
  };
}

async function stateOf(folder: RunFolder, receipt: Receipt | undefined): Promise<RunState | 'interrupted'> {
  const holder = Number(await readFile(`${folder.path}/lock`, 'utf8').catch(() => '0'));
  if (isAlive(holder)) return 'running';
  const { lines } = await readJournal(folder.journal);
  const last = lines.at(-1);
  if (!last) return 'planned';
  return last.t === 'end' && receipt ? receipt.state : 'interrupted';
}
