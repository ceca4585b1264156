import type { Condition } from '../../org/read/index.js';

/** Who can receive leads: a queue that takes leads, or an active user who can read them. */
export type Target = {
  /** 18-character id of the queue or user. */
  id: string;
  name: string;
  kind: 'Queue' | 'User';
  weight: number;
  cap?: number;
};

/** Which leads to spread. */
export type Selection =
  { kind: 'condition'; where: Condition; text: string } | { kind: 'ids'; ids: readonly string[]; text: string };

/** A lead as the snapshot sees it. Text values as the API gave them; stamps end in `Z`. */
export type LeadRow = {
  id: string;
  ownerId: string;
  converted: boolean;
  stamp: string;
  /** Value of the further field, where one was asked for. */
  more?: string;
};

/** A member of the distribution and what it comes to, for plans, reports and `--json`. */
export type MemberPlan = Target & {
  /** Open leads it owned before. */
  before: number;
  /** Leads the plan gives it, those that it owned already included. */
  assigned: number;
  /** Of these, leads whose owner really changes. */
  moved: number;
  /** Exact share of the assigned leads, a fraction. */
  share: number;
  /** `assigned − share`; the sum of what earlier runs left over is not in it. */
  deviation: number;
};
