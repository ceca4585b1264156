/** Leads are spread over members that were named, by weight. What a run leaves over is in its receipt. */
import { createHash } from 'node:crypto';
import { fingerprint, type PlanLock } from '../../runs/index.js';
import { RotationEngine } from '../rotation/engine.js';
import type { Balance } from '../rotation/model.js';
import type { Owed } from './history.js';
import type { Target } from './types.js';
import type { Way } from './way.js';

export type NamedRequest = {
  targets: readonly Target[];
  balance: Balance;
  /** What earlier runs over the same members left over. */
  owed?: Owed;
  /** Open leads that members own, by id. */
  open: ReadonlyMap<string, number>;
  lock?: PlanLock;
};

/** Hash of what the plan relies on: who takes part, with which weight and cap. */
export const targetsFingerprint = (targets: readonly Target[]): string =>
  fingerprint(targets.map(({ id, kind, weight, cap }) => ({ id, kind, weight, cap })));

/** The lock under which leads are spread over the same members. */
export const targetsLock = (targets: readonly Target[]): PlanLock => ({
  key: `distribute:${fingerprint(targets.map(({ id }) => id).sort()).slice(0, 32)}`,
  what: 'the distribution over these members',
});

/** The way for members that were named. */
export function namedWay({ targets, balance, owed = {}, open, lock }: NamedRequest): Way {
  const seats = targets.map((target) => ({ ...target, key: target.id }));
  const members = seats.map(({ key, name, weight, cap }) => ({ key, label: name, weight, cap }));
  const states = new Map(seats.map(({ key }) => [key, { assigned: 0, periodCount: 0, deficit: owed[key] ?? 0 }]));
  const openLeads = balance === 'open-leads' ? open : undefined;
  return {
    seats,
    balance,
    open,
    engine: (seed) =>
      new RotationEngine(members, {
        states,
        openLeads,
        seed: createHash('sha256').update(seed).digest().readUInt32BE(),
      }),
    fields: [],
    lock,
    fingerprint: targetsFingerprint(targets),
  };
}
