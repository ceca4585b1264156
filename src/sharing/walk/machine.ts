/**
 * The walk through findings as a state machine: one finding a screen, answers that may count for others like it, back,
 * quit. Pure: prompts and files are elsewhere.
 */
import type { Decision } from '../decisions/format.js';
import { findConflicts } from '../decisions/conflicts.js';
import { decideAs, type DecidedFinding } from '../decisions/merge.js';
import type { Finding } from '../finding.js';

/** Whom an answer counts for: this finding, or also undecided ones of the same kind with the same target or object. */
export type Scope = 'one' | 'target' | 'object';

export type Answer =
  | { do: 'decide'; decision: Exclude<Decision, 'open'>; reason?: string; scope: Scope }
  | { do: 'back' }
  | { do: 'quit' };

export type WalkState = {
  readonly decided: readonly DecidedFinding[];
  /** Places of the findings that are asked about, in order. */
  readonly queue: readonly number[];
  /** Places that were answered in this walk. */
  readonly answered: ReadonlySet<number>;
  /** Place of the finding on the screen; undefined at the end. */
  readonly at: number | undefined;
  readonly quit: boolean;
  readonly before?: WalkState;
  /** Who decides; written beside the decision. */
  readonly by?: string;
};

/** A walk over everything that is open or put off, and over decisions that exclude each other. */
export function beginWalk(decided: readonly DecidedFinding[], by?: string): WalkState {
  const clashing = new Set(findConflicts(decided).flatMap(({ converted, kept }) => [...converted, ...kept]));
  const queue = decided.flatMap(({ decision, finding }, place) =>
    decision === 'open' || decision === 'defer' || clashing.has(finding.key) ? [place] : []
  );
  return { decided, queue, answered: new Set(), at: queue[0], quit: false, by };
}

export type Screen = {
  item: DecidedFinding;
  step: Finding['step'];
  /** From 1. */
  number: number;
  of: number;
  /** Whether this is the first screen of its step. */
  first: boolean;
  /** Undecided findings, this one included, that a bulk answer would count for. */
  alike: Readonly<Record<Exclude<Scope, 'one'>, number>>;
  canGoBack: boolean;
};

/** What to show; undefined at the end of the walk. */
export function screenOf(state: WalkState): Screen | undefined {
  if (state.at === undefined || state.quit) return undefined;
  const item = state.decided[state.at]!;
  const { step } = item.finding;
  const inStep = state.queue.filter((place) => state.decided[place]!.finding.step === step);
  return {
    item,
    step,
    number: inStep.indexOf(state.at) + 1,
    of: inStep.length,
    first: state.at === inStep[0],
    alike: { target: alike(state, 'target').length, object: alike(state, 'object').length },
    canGoBack: state.before !== undefined,
  };
}

/** The next state. `keep` without a reason changes nothing. */
export function answer(state: WalkState, given: Answer): WalkState {
  if (state.at === undefined) return state;
  if (given.do === 'back') return state.before ?? state;
  if (given.do === 'quit') return { ...state, quit: true };
  const { decision, reason, scope } = given;
  if (decision === 'keep' && !reason?.trim()) return state;
  const places = new Set(alike(state, scope));
  const decided = state.decided.map((item, place) =>
    places.has(place) ? decideAs(item, { decision, reason: reason?.trim() || undefined, by: state.by }) : item
  );
  const answered = new Set([...state.answered, ...places]);
  return { ...state, decided, answered, at: next(state, answered), before: state };
}

function next({ queue, at }: WalkState, answered: ReadonlySet<number>): number | undefined {
  const behind = queue.slice(queue.indexOf(at!) + 1);
  return behind.find((place) => !answered.has(place));
}

/** Places that an answer counts for: never those before the one on the screen, and never those answered already. */
function alike({ decided, queue, answered, at }: WalkState, scope: Scope): number[] {
  if (scope === 'one') return [at!];
  const { kind, object, subject } = decided[at!]!.finding;
  return queue.slice(queue.indexOf(at!)).filter((place) => {
    const { finding } = decided[place]!;
    if (answered.has(place) || finding.kind !== kind) return false;
    return scope === 'object' ? finding.object === object : finding.subject.target === subject.target;
  });
}
