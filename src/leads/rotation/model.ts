/** What a rotation is, as files and records of the org describe it, and what it remembers (design: Fairness). */

/** A span of working hours on days of the week, in the member's time zone. */
export type Hours = {
  /** 1 is Monday, 7 is Sunday. */
  days: readonly number[];
  /** Minutes since midnight; `to` is not part of the span. */
  from: number;
  to: number;
};

/** Length of the period for which caps count. */
export type Period = 'day' | 'week' | 'month';

/** What members are balanced by: leads that the rotation gave them, or open leads that they own. */
export type Balance = 'assigned' | 'open-leads';

/** By what a lead is known to belong to a partner who had one of the same company before. */
export type Sticky = 'company' | 'email-domain';

/** Outcomes of earlier offers after which a member does not get the same lead again. */
export type NeverBack = 'declined' | 'pulled-back';

export type RotationMember = {
  kind: 'queue' | 'user';
  /** Developer name of the queue, or username. Names survive the way from sandbox to production, ids do not. */
  name: string;
  /** Share, a positive integer. */
  weight: number;
  /** Most leads in a period; absent for no cap. */
  cap?: number;
  /** Instead of the rotation's; empty for always. */
  hours?: readonly Hours[];
  /** IANA name, instead of the rotation's. */
  timeZone?: string;
  /** ISO instant until which the member gets nothing. */
  pausedUntil?: string;
  /** SOQL condition on Lead: which leads the member takes. */
  criteria?: string;
};

export type Rotation = {
  /** Name by which commands know it, such as `EMEA_Partners`; letters, digits and underscores. */
  key: string;
  /** Name for people. */
  name: string;
  active: boolean;
  /** SOQL condition on Lead: which leads it spreads. */
  leads?: string;
  balance: Balance;
  period: Period;
  /** IANA name, such as `Europe/Berlin`; periods begin and holidays count by it. */
  timeZone: string;
  /** Hours of members without their own; empty for always. */
  hours: readonly Hours[];
  /** ISO dates on which nobody gets anything. */
  holidays: readonly string[];
  /** Developer name of the queue for leads that no member can take; without one they stay where they are. */
  fallback?: string;
  sticky: readonly Sticky[];
  neverBackTo: readonly NeverBack[];
  members: readonly RotationMember[];
};

/** Parts of a lead in which deficits are kept, so that they are whole numbers whatever the weights are. */
export const LEDGER_UNIT = 1_000_000;

/** What a rotation remembers of a member. */
export type MemberState = {
  /** Leads that the rotation gave it, ever. */
  assigned: number;
  /** Of these, leads of the period that began on `periodStart`. */
  periodCount: number;
  /** ISO date, in the rotation's time zone; absent before the first lead. */
  periodStart?: string;
  /** Leads that it is owed (+) or ahead (−), in units of 1/LEDGER_UNIT lead. */
  deficit: number;
};

/** Identity of a member within its rotation, in the ledger and in the org. */
export const memberKey = ({ kind, name }: Pick<RotationMember, 'kind' | 'name'>): string =>
  `${kind}:${name.toLowerCase()}`;
