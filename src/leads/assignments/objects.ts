/**
 * Records of `Lead_Assignment__c`: one for each change of owner that Channel Desk made. `Offered` and `Accepted` tell of the
 * owner after it; `Declined` and `PulledBack` are changes by which the owner before lost the lead.
 */

export const ASSIGNMENT = 'Lead_Assignment__c';

export const OUTCOMES = ['Offered', 'Accepted', 'Declined', 'PulledBack'] as const;

export type AssignmentOutcome = (typeof OUTCOMES)[number];

/** Fields that a run writes, in the order of the rows of plans. */
export const ASSIGNMENT_FIELDS = [
  'Lead__c',
  'Run_Key__c',
  'Owner_Before__c',
  'Owner_After__c',
  'Outcome__c',
  'Reason__c',
  'Rotation__c',
  'Partner_Account__c',
] as const;

/** What the org keeps of a reason. */
export const REASON_CHARS = 255;

/** Storage that a record takes, in bytes (platform-facts, addenda: 2 KB a record, whatever it holds). */
export const BYTES_A_RECORD = 2048;
