import { faultPhases, ruleMatcher, type FaultPhase, type FaultRule, type Occasion } from './rules.js';

type Entry = { rule: FaultRule; matches: (occasion: Occasion) => boolean; seen: number; fired: number };

/** A rule and how often it was met and carried out. */
export type FaultState = FaultRule & { seen: number; fired: number };

/** The rules in force, with their counters. */
export class FaultBook {
  private entries: Entry[] = [];

  public constructor(rules: FaultRule[] = []) {
    this.set(rules);
  }

  /** Whether there is any rule at all. */
  public get armed(): boolean {
    return this.entries.length > 0;
  }

  /** Replaces all rules; counters start again. */
  public set(rules: FaultRule[]): void {
    this.entries = rules.map((rule) => ({ rule, matches: ruleMatcher(rule), seen: 0, fired: 0 }));
  }

  /** Rules with their counters, for the control API. */
  public state(): FaultState[] {
    return this.entries.map(({ rule, seen, fired }) => ({ ...rule, seen, fired }));
  }

  /** Counts an occasion and returns the rules that hit it. A rule only counts occasions of its own phase. */
  public take(phase: FaultPhase, occasion: Occasion): FaultRule[] {
    if (this.entries.length === 0) return [];
    const hits: FaultRule[] = [];
    for (const entry of this.entries) {
      if (!(faultPhases[phase] as readonly string[]).includes(entry.rule.kind) || !entry.matches(occasion)) continue;
      entry.seen++;
      if (entry.seen < entry.rule.nth || (entry.rule.count > 0 && entry.fired >= entry.rule.count)) continue;
      entry.fired++;
      hits.push(entry.rule);
    }
    return hits;
  }
}

/** Ends this process as a power cut would: nothing is flushed, no handler runs. */
export const killThisProcess = (): never => {
  process.kill(process.pid, 'SIGKILL');
  // The signal is delivered before the next instruction; this only tells the compiler.
  throw new Error('SIGKILL was not delivered');
};
