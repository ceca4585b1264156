/** What a handover plan says about itself: facts with numbers, for the consent, for --json and for the proof. */
import { z } from 'zod';

const count = z.number().int().nonnegative();

const sideSchema = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  active: z.boolean(),
  role: z.object({ id: z.string(), name: z.string() }).nullable(),
});

const personSchema = z.object({ id: z.string(), name: z.string() });
const changeSchema = z.object({ gain: z.array(personSchema), lose: z.array(personSchema) });

const shiftSchema = z.object({
  kind: z.enum(['rule', 'queue', 'group', 'folder']),
  name: z.string(),
  /** `records`: those that change hands; `owned`: what partner users own; `members`: partner users themselves. */
  what: z.enum(['records', 'owned', 'members']),
  gain: count,
  lose: count,
});

/** Numbers are null where the running user may not see enough to tell. */
export const effectsSchema = z.object({
  /** Portal roles that move below the role of the new manager. */
  portalRoles: z.object({ moving: count, names: z.array(z.string()) }).nullable(),
  /** Who sees through the role hierarchy what partner users own, and what changes hands; ids of the company's own people. */
  sight: z.object({ partners: changeSchema, records: changeSchema }),
  partnerUsers: z.object({ active: count, inactive: count }).nullable(),
  /** Shares by hand that the platform deletes when the owner changes. */
  manualShares: z.object({ accounts: count.nullable(), leads: count.nullable() }),
  leads: z.object({
    /** Open leads of the one who hands over. */
    own: count.nullable(),
    moved: count,
    /** Open leads of the partner users; they stay with them. */
    ofPartners: count.nullable(),
  }),
  /** Records of the accounts that the one who hands over owns; the plan leaves them with him. */
  children: z.object({ Contact: count.nullable(), Opportunity: count.nullable(), Case: count.nullable() }),
  /** Sharing rules, queues, groups and folders that begin or end to count; null where they could not be read. */
  shifts: z.array(shiftSchema).nullable(),
  /** What could not be read, and why. */
  unknown: z.array(z.string()),
});

export const handoverDetailsSchema = z.object({
  from: sideSchema,
  to: sideSchema,
  /** Accounts that change hands, by id. */
  accounts: z.array(z.object({ id: z.string(), name: z.string(), manualShares: count })),
  /** Named accounts that the new manager has already. */
  already: z.array(personSchema),
  /** Partner accounts that stay with the one who hands over. */
  staying: count,
  /** Ids of the accounts that were named; null where none was. */
  named: z.array(z.string()).nullable(),
  leads: z.enum(['move', 'keep']),
  /** Whether that was said, or follows from the accounts. */
  leadsAsked: z.boolean(),
  effects: effectsSchema,
});

export type Effects = z.infer<typeof effectsSchema>;
export type HandoverDetails = z.infer<typeof handoverDetailsSchema>;
