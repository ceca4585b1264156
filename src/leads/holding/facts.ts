/** What an org tells of a lead and of the one who holds it. Instants in milliseconds, ids of 18 characters. */

export type HeldLead = {
  id: string;
  ownerId: string;
  /** SystemModstamp, as the API wrote it. */
  stamp: string;
  created: number;
  createdBy: string;
  /** LastModifiedDate. A change of the owner sets it, so nobody has got the lead later. */
  modified: number;
  modifiedBy: string;
  /** IsUnreadByOwner: assigned, and not viewed yet (Object Reference, Lead). */
  unread: boolean;
  status: string;
  /** LastActivityDate: day of the latest event or closed task, whoever's it is; empty for none. */
  activity: string;
};

/** Something that a user did with a lead: an activity, or a change that the history of leads has noted. */
export type Touch = { kind: 'activity' | 'change'; by: string; at: number };

/** The latest change of the owner of a lead. `to` is empty where the source does not say who got it. */
export type Handed = { at: number; to: string };

/** What is recorded of a lead besides its own fields. */
export type Evidence = {
  /** From Lead_Assignment__c. */
  assigned?: Handed;
  /** From the history of leads. */
  noted?: Handed;
  touches: readonly Touch[];
};

/** Which sources could be read at all. */
export type Sources = {
  /** Lead_Assignment__c. */
  assignments: boolean;
  /** Oldest change of an owner that the history of leads has; undefined where it has none, or cannot be read. */
  trackedSince?: number;
  tasks: boolean;
  events: boolean;
  /** Status that new leads get; undefined where that cannot be read. */
  newStatus?: string;
};
