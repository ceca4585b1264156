/** Rules that say which requests go wrong, and how. They come from a file (`--faults`) or through the control API. */
import { z } from 'zod';

/** What a rule does, by the moment at which it is asked. */
export const faultPhases = {
  /** On arrival of a request, or when its reply is about to leave. */
  request: ['latency', 'drop-before', 'drop-after', 'status', 'expire-session', 'request-limit'],
  /** When records are about to be saved. */
  save: ['lock-rows'],
  /** Around the commit of a transaction. */
  commit: ['kill-before-commit', 'kill-after-commit'],
  /** Before each chunk of a Bulk job. */
  chunk: ['fail-job'],
} as const;

export type FaultPhase = keyof typeof faultPhases;
export type FaultKind = (typeof faultPhases)[FaultPhase][number];

const kinds = Object.values(faultPhases).flat() as [FaultKind, ...FaultKind[]];

const ruleSchema = z.strictObject({
  kind: z.enum(kinds),
  /** HTTP method; `CHUNK` is a chunk of a Bulk job. Any where absent. */
  method: z.string().optional(),
  /** Path without the query; `*` stands for any text. A chunk's path is `/jobs/ingest/{object}/{operation}`. */
  path: z.string().optional(),
  /** Object that is saved, for `lock-rows`. */
  object: z.string().optional(),
  /** First matching occurrence that is hit, counted from 1. */
  nth: z.int().min(1).default(1),
  /** How many occurrences are hit from there; 0 means all. */
  count: z.int().min(0).default(1),
  /** `latency`: delay in milliseconds. */
  ms: z.int().min(0).default(1000),
  /** `status`: HTTP status of the answer. */
  status: z.int().min(400).max(599).default(503),
  /** `status`: answer with a web page, as the platform does while an instance is down. */
  html: z.boolean().default(false),
  /** `lock-rows`: every how many-th row cannot be locked. */
  every: z.int().min(1).default(2),
});

/** One rule with all its defaults filled in. */
export type FaultRule = z.infer<typeof ruleSchema>;

/** Something that happens and that a rule may hit. */
export type Occasion = { method: string; path: string; object?: string };

/**
 * Reads rules from JSON: an array of rules, or `{ "rules": [...] }`.
 * @throws Error that names the rule and the property that is wrong.
 */
export const parseFaultRules = (input: unknown): FaultRule[] => {
  const list = Array.isArray(input) ? input : (input as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(list)) throw new Error('Faults are an array of rules, or an object with "rules".');
  return list.map((rule, index) => {
    const result = ruleSchema.safeParse(rule);
    if (result.success) return result.data;
    const issue = result.error.issues[0]!;
    throw new Error(`Fault rule ${index + 1}: ${issue.path.join('.') || 'rule'}: ${issue.message}`);
  });
};

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const pathPattern = (path: string): RegExp => new RegExp(`^${path.split('*').map(escapePattern).join('.*')}$`, 'i');

/** Whether a rule speaks of an occasion, its counters aside. */
export const ruleMatcher = (rule: FaultRule): ((occasion: Occasion) => boolean) => {
  const pattern = rule.path === undefined ? undefined : pathPattern(rule.path);
  const method = rule.method?.toUpperCase();
  const object = rule.object?.toLowerCase();
  return (occasion) =>
    (method === undefined || method === occasion.method) &&
    (pattern === undefined || pattern.test(occasion.path)) &&
    (object === undefined || object === occasion.object?.toLowerCase());
};
