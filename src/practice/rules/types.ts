/** How the rules of an object take part in a save. */
import type { Draft, Saving } from '../save/context.js';

/**
 * Rules of one object. What comes before the write only checks and completes the values (it throws a PlatformError
 * to refuse the record); what comes after may write other records, because nothing refuses them then.
 */
export type ObjectRules = {
  object: string;
  /** Stored fields that the rules need on update; all, where it is absent. */
  reads?: readonly string[];
  /** `OwnerId` is looked up by the rules, not as an ordinary reference. */
  checksOwner?: boolean;
  /** Whether a write of this record counts as setup (platform-facts C6); the object's own flag where absent. */
  isSetup?(draft: Draft, creating: boolean): boolean;
  /** Completes a new record before required fields are checked. */
  complete?(draft: Draft, saving: Saving): void;
  beforeCreate?(draft: Draft, saving: Saving): void;
  beforeUpdate?(draft: Draft, saving: Saving): void;
  beforeDelete?(draft: Draft, saving: Saving): void;
  afterCreate?(draft: Draft, saving: Saving): void;
  afterUpdate?(draft: Draft, saving: Saving): void;
  afterDelete?(draft: Draft, saving: Saving): void;
  /** Once for all records of a call that were saved. */
  finish?(drafts: Draft[], saving: Saving): void;
};
