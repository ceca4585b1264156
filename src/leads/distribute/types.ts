import type { Condition } from '../../org/read/index.js';

/** Who can own leads: a queue that takes leads, or an active user who can read them. */
export type Owner = {
  /** 18-character id of the queue or user. */
  id: string;
  name: string;
  kind: 'Queue' | 'User';
};

/** A member of a distribution. */
export type Target = Owner & { weight: number; cap?: number };

/** Which leads to spread. */
export type Selection =
  { kind: 'condition'; where: Condition; text: string } | { kind: 'ids'; ids: readonly string[]; text: string };

/** A lead as the snapshot sees it. Text values as the API gave them; stamps end in `Z`. */
export type LeadRow = {
  id: string;
  ownerId: string;
  converted: boolean;
  stamp: string;
  /** Values of the further fields that were asked for, in their order. */
  more?: readonly string[];
};

/** A member of the distribution and what it comes to, for plans, reports and `--json`. */
export type MemberPlan = Target & {
  /** Open leads it owned before. */
  before: number;
  /** Leads the plan gives it, those that it owned already included. */
  assigned: number;
  /** Of these, leads whose owner really changes. */
  moved: number;
  /** Exact share of the leads that it could take, a fraction. */
  share: number;
  /** `assigned − share`; what earlier runs left over is not in it. */
  deviation: number;
};
