/** A finding: one way by which people from outside reach records or folders, what it reaches, and what can be done. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const count = z.number().int().nonnegative();

export const FINDING_KINDS = [
  'rule',
  'folder',
  'list-view',
  'queue',
  'default',
  'manual',
  'permission',
  'sharing-set',
  'super-user',
  'team',
  'hierarchy',
  'implicit',
  'relationship',
  'visibility',
] as const;

/** A membership by which a list leads outside. `replacement` absent: the member is taken out. */
export const edgeSchema = z.object({
  listKind: z.enum(['Group', 'Queue']),
  /** Developer name of the group or queue. */
  list: z.string(),
  memberKind: z.string(),
  /** Developer name of the member; `*` for the users named in the list, who are in `users`. */
  member: z.string(),
  users: z.array(z.string()),
  replacement: z.object({ kind: z.literal('RoleAndSubordinatesInternal'), name: z.string() }).optional(),
});

/** A membership with everything that hangs on it: one change closes all of these, wholly or in part. */
export const edgeUseSchema = z.object({
  edge: edgeSchema,
  /** Keys of findings, those asleep included. */
  findings: z.array(z.string()),
  /** Owner-based rules that take their records through it: `Object.Rule`. */
  sources: z.array(z.string()),
});

const targetSchema = z.object({ element: z.string(), names: z.array(z.string()) });
const shareSchema = z.object({ access: z.string(), type: z.string(), name: z.string() });

/** What `sharing apply` does about a finding; `text` says it in words. */
export const fixSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('convert-rule'),
    text: z.string(),
    object: z.string(),
    /** Rule to take away. */
    rule: z.string(),
    ruleKind: z.enum(['owner', 'criteria', 'guest', 'territory']),
    /** Rule to create with all else alike, and whom it shares with. */
    twin: z.string(),
    to: targetSchema,
  }),
  z.object({
    kind: z.literal('delete-rule'),
    text: z.string(),
    object: z.string(),
    rule: z.string(),
    ruleKind: z.enum(['owner', 'criteria', 'guest', 'territory']),
  }),
  z.object({
    kind: z.enum(['swap-member', 'queue-member']),
    text: z.string(),
    /** All must change so that nothing leads outside any more. */
    edges: z.array(edgeSchema),
  }),
  z.object({
    kind: z.literal('folder-access'),
    text: z.string(),
    content: z.string(),
    folder: z.string(),
    accessType: z.string(),
    /** All whom the folder is shared with afterwards. */
    to: z.array(targetSchema).optional(),
  }),
  z.object({
    kind: z.literal('folder-shares'),
    text: z.string(),
    content: z.string(),
    folder: z.string(),
    /** All shares that the folder has afterwards. */
    shares: z.array(shareSchema),
  }),
  z.object({
    kind: z.literal('list-view'),
    text: z.string(),
    object: z.string(),
    listView: z.string(),
    /** All who see the list view afterwards. */
    to: z.array(targetSchema),
  }),
  z.object({
    kind: z.literal('external-default'),
    text: z.string(),
    object: z.string(),
    internal: z.string(),
    external: z.string(),
  }),
  z.object({ kind: z.literal('by-hand'), text: z.string(), steps: z.array(z.string()) }),
]);

/** What a decision is about. No counts and no ids, so that it is the same in a sandbox and in its production org. */
export const subjectSchema = z.object({
  kind: z.enum(FINDING_KINDS),
  object: z.string(),
  target: z.string(),
  access: z.string(),
  /** Each way outside, as names joined by ` > `. */
  paths: z.array(z.string()),
  fix: z.string(),
});

export const findingSchema = z.object({
  /** The same in every org and every run: `rule:Lead.Share_North`. */
  key: z.string(),
  /** Rules, folders, everything else: the steps of the platform's own wizard (platform-facts B1). */
  step: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  kind: z.enum(FINDING_KINDS),
  object: z.string(),
  /** All objects whose records it opens, through parents and children too. */
  objects: z.array(z.string()),
  source: z.object({ type: z.string(), name: z.string(), label: z.string() }),
  target: z.string(),
  access: z.string(),
  /** Labels from the source to those outside. */
  chains: z.array(z.array(z.string())),
  /** Active people from outside who are reached today and may read the object. */
  externalUsers: count,
  usersKnown: z.boolean(),
  /** Partner roles to be that are reached. */
  projectedRoles: count,
  records: count,
  recordsKnown: z.boolean(),
  /** Nobody is reached today, but partners of the managers named will be. */
  latent: z.boolean(),
  /** Why it is not known what it reaches. */
  unknown: z.string().optional(),
  severity: z.enum(['high', 'medium', 'low', 'info']),
  /** The platform's own wizard would convert it (platform-facts B1). */
  needsConversion: z.boolean(),
  suggestion: z.object({ decision: z.enum(['keep', 'convert', 'defer']), reason: z.string() }),
  fix: fixSchema,
  subject: subjectSchema,
  digest: z.string(),
});

/** A way outside that reaches nobody or nothing today. Not a finding, but remembered with its decision. */
export const dormantSchema = findingSchema.extend({ why: z.enum(['nobody', 'no-permission', 'no-records']) });

export type Edge = z.infer<typeof edgeSchema>;
export type EdgeUse = z.infer<typeof edgeUseSchema>;
export type Fix = z.infer<typeof fixSchema>;
export type Subject = z.infer<typeof subjectSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Dormant = z.infer<typeof dormantSchema>;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Name of a membership that is the same in every org. */
export const edgeKey = ({ listKind, list, memberKind, member }: Edge): string =>
  `${listKind}:${list} < ${memberKind}:${member}`;

/** Short hash of what a decision is about. Another digest opens the decision again. */
export function digestOf(key: string, subject: Subject): string {
  const { kind, object, target, access, paths, fix } = subject;
  const text = JSON.stringify([key, kind, object, target, access, paths, fix]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
