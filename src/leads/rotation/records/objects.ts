/** The objects of the package that hold rotations, and their fields (design: In the org). */

export const ROTATION = 'Lead_Rotation__c';
export const MEMBER = 'Lead_Rotation_Member__c';

/** Fields that say what a rotation is, in the order of the rows of plans. */
export const ROTATION_FIELDS = [
  'Name',
  'Key__c',
  'Active__c',
  'Filter__c',
  'Balance__c',
  'Period__c',
  'Time_Zone__c',
  'Hours__c',
  'Holidays__c',
  'Fallback_Queue__c',
  'Sticky__c',
  'Never_Back_To__c',
] as const;

/** Fields that say what a member is. What it got is in others, which only runs of distributions write. */
export const MEMBER_FIELDS = [
  'Key__c',
  'Kind__c',
  'User__c',
  'Queue_Developer_Name__c',
  'Weight__c',
  'Cap__c',
  'Hours__c',
  'Time_Zone__c',
  'Paused_Until__c',
  'Criteria__c',
] as const;

/** Fields that hold what a rotation remembers of a member. */
export const STATE_FIELDS = ['Assigned_Count__c', 'Period_Count__c', 'Period_Start__c', 'Deficit__c'] as const;

type Value = string | number | boolean | null;

export type RotationRow = Record<(typeof ROTATION_FIELDS)[number], Value> & {
  Id: string;
  Key__c: string;
  SystemModstamp: string;
};

export type MemberRow = Record<(typeof MEMBER_FIELDS)[number], Value> & {
  Id: string;
  Rotation__c: string;
  SystemModstamp: string;
  User__r: { Name: string; Username: string; IsActive: boolean } | null;
  Assigned_Count__c: number | null;
  Period_Count__c: number | null;
  Period_Start__c: string | null;
  Deficit__c: number | null;
};

/** A value as the rows of plans have it; the same as what is read again after a run. */
export const cellOf = (value: Value): string | null => (value === null ? null : String(value));
