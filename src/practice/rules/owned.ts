/** What holds for every object whose owner may change: leads, accounts, contacts, cases, opportunities, tasks. */
import type { Owner } from './owners.js';
import { changed, textOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';

/**
 * Checks the owner of a record that is new or changes hands.
 * @returns the owner, or undefined where it does not change.
 * @throws PlatformError as `OwnerDirectory.require`; INVALID_CROSS_REFERENCE_KEY where the owner was emptied.
 */
export const takeOwner = (draft: Draft, saving: Saving, creating: boolean): Owner | undefined => {
  if (!creating && !Object.hasOwn(draft.changes, 'OwnerId')) return undefined;
  const raw = textOf(draft, 'OwnerId');
  if (raw === undefined) throw fail.of('INVALID_CROSS_REFERENCE_KEY', 'Owner ID: owner cannot be blank', ['OwnerId']);
  // Saving a record again without a new owner is no transfer: an owner who has been deactivated may stay.
  if (!creating && raw === draft.before.OwnerId) return undefined;
  const owner = saving.tools.owners.require(saving.def, raw);
  draft.changes.OwnerId = owner.id;
  return creating || changed(draft, 'OwnerId') ? owner : undefined;
};
