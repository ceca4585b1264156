/** Objects of which only the owner has rules. Queues may own cases, not opportunities. */
import { takeOwner } from './owned.js';
import type { ObjectRules } from './types.js';

const owned = (object: string): ObjectRules => ({
  object,
  reads: ['OwnerId'],
  checksOwner: true,
  beforeCreate: (draft, saving) => void takeOwner(draft, saving, true),
  beforeUpdate: (draft, saving) => void takeOwner(draft, saving, false),
});

export const caseRules = owned('Case');
export const opportunityRules = owned('Opportunity');
