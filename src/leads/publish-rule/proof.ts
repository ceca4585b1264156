/** Proof after the deploy: the rule is what the plan says, and every entry of others is there byte for byte. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { textOf } from '../../org/read/index.js';
import { readRules, type RuleDefinition } from '../assign/rule-file.js';
import type { PublishDetails } from './details.js';
import { isOurs } from './state.js';

export const publishProofSchema = z.object({
  holds: z.boolean(),
  /** Entries of others that were compared, byte for byte and in their order. */
  foreign: z.number().int(),
  differences: z.array(z.string()),
});

export type PublishProof = z.infer<typeof publishProofSchema>;

/** Reads the rules again. */
export async function provePublished(conn: Connection, details: PublishDetails): Promise<PublishProof> {
  const rules = await readRules(conn);
  const differences = [
    ...Object.entries(details.foreign).flatMap(([name, texts]) => foreignDifferences(rules, name, texts, details)),
    ...(details.action === 'publish' ? slotDifferences(rules, details) : leftOver(rules, details)),
  ];
  const foreign = Object.values(details.foreign).reduce((sum, texts) => sum + texts.length, 0);
  return { holds: differences.length === 0, foreign, differences };
}

function foreignDifferences(
  rules: readonly RuleDefinition[],
  name: string,
  texts: readonly string[],
  { field }: PublishDetails
): string[] {
  const rule = rules.find((one) => one.name === name);
  if (!rule) return [`The rule ${name} is not there.`];
  const found = rule.entries.filter(({ body }) => !isOurs(body, field)).map(({ text }) => text);
  if (found.length !== texts.length) return [`${name} has ${found.length} entries of others, and had ${texts.length}.`];
  return texts.flatMap((text, at) =>
    text === found[at] ? [] : [`Entry ${at + 1} of others in ${name} is no longer what it was.`]
  );
}

/** Whether our entries stand together at their place, each with its queue. */
function slotDifferences(
  rules: readonly RuleDefinition[],
  { rule: { name }, field, slots, place }: PublishDetails
): string[] {
  const rule = rules.find((one) => one.name === name);
  if (!rule?.active) return [`The rule ${name} is not active.`];
  const ours = rule.entries.slice((place ?? 1) - 1, (place ?? 1) - 1 + slots.length);
  const queues = ours.map(({ body }) => (isOurs(body, field) ? textOf(body, 'assignedTo') : undefined));
  const others = rule.entries.filter(({ body }) => isOurs(body, field)).length - slots.length;
  return [
    ...(slots.every((queue, at) => queue.toLowerCase() === queues[at]?.toLowerCase())
      ? []
      : [`Entries of the slots are not as planned in ${name}.`]),
    ...(others === 0 ? [] : [`${name} has ${others} more entries of the rotation.`]),
  ];
}

const leftOver = (rules: readonly RuleDefinition[], { field }: PublishDetails): string[] =>
  rules.flatMap(({ name, entries }) =>
    entries.some(({ body }) => isOurs(body, field)) ? [`${name} still has entries of the rotation.`] : []
  );
