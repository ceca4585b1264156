/** By which rules leads are spread: over members that were named, or by a rotation. */
import type { PlanLock } from '../../runs/index.js';
import type { RotationEngine } from '../rotation/engine.js';
import type { Balance } from '../rotation/model.js';
import type { LeadRules, Seat } from './planner.js';
import type { Owner } from './types.js';

export type Way = {
  /** In the order of plans and reports. */
  seats: readonly Seat[];
  balance: Balance;
  /** Open leads that members own, by id. */
  open: ReadonlyMap<string, number>;
  /** The engine, ready for the first lead. @param seed text that stays the same for the same selection */
  engine: (seed: string) => RotationEngine;
  /** Fields of leads that the rules look at. */
  fields: readonly string[];
  rules?: LeadRules;
  fallback?: Owner;
  lock?: PlanLock;
  /** Hash of what the plan relies on. */
  fingerprint: string;
};
