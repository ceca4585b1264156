/** Asks a sandbox which of the unverified facts about the platform hold there, without changing it. */
import type { Connection } from '@salesforce/core';
import { readCommunities } from '../prm/index.js';
import { deployProbes } from './probes/deploys.js';
import { readProbes } from './probes/reads.js';
import { notAsked, type Answer, type Probe, type ProbeContext } from './types.js';

export { doctorResultSchema, type Answer, type DoctorResult } from './types.js';

const PROBES: readonly Probe[] = [...deployProbes, ...readProbes];

/** Number of questions, for progress. */
export const QUESTIONS = PROBES.length;

/** Asks all questions, one after the other: an org deploys one thing at a time. A question that fails is not answered. */
export async function askAll(conn: Connection, asking: (question: string, number: number) => void): Promise<Answer[]> {
  const settings = await readCommunities(conn).catch(() => undefined);
  const answers: Answer[] = [];
  for (const probe of PROBES) {
    asking(probe.question, answers.length + 1);
    answers.push(await ask(probe, { conn, settings }));
  }
  return answers;
}

async function ask(probe: Probe, context: ProbeContext): Promise<Answer> {
  const { question, fact } = probe;
  const said = await probe.ask(context).catch((error: Error) => notAsked(`The question failed: ${error.message}`));
  return { question, fact, ...said, evidence: said.evidence.replace(/\s+/g, ' ').trim() };
}
