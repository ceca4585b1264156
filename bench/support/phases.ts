/** The API calls of a run by what they are for, from the practice org's request log. */
import type { RequestEntry } from '../../src/practice/log/request-log.js';

/**
 * `planning` until the plan stands; `looking` for what has changed since, before anything is written; then `writing`, and
 * `proving` by reading again. Told apart by time, so the last two hold where no step that follows looks before it writes.
 */
export type Phases = Record<'planning' | 'looking' | 'writing' | 'proving', number>;

export const totalOf = ({ planning, looking, writing, proving }: Phases): number =>
  planning + looking + writing + proving;

const isWrite = ({ method, path }: RequestEntry): boolean => method !== 'GET' && path.includes('/composite/sobjects');

/** @param plannedAt when the plan was written, in milliseconds since the epoch */
export function phasesOf(requests: readonly RequestEntry[], plannedAt: number): Phases {
  const phases: Phases = { planning: 0, looking: 0, writing: 0, proving: 0 };
  for (const request of requests) {
    if (isWrite(request)) phases.writing += 1;
    else if (Date.parse(request.time) <= plannedAt) phases.planning += 1;
    else if (phases.writing === 0) phases.looking += 1;
    else phases.proving += 1;
  }
  return phases;
}
