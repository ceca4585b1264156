/** Assignment rules of leads as the org defines them: what each entry says, and its text byte for byte. */
import type { Connection } from '@salesforce/core';
import { unzipSync } from 'fflate';
import { isOn, listOf, parseMetadata, retrieveZip, textOf, type MetadataBody } from '../../org/read/index.js';

/** Where the rules of leads lie in a package. */
export const RULE_FILE = 'assignmentRules/Lead.assignmentRules';

/** Root element of the file. */
export const RULE_ROOT = 'AssignmentRules';

export type RuleDefinition = {
  name: string;
  active: boolean;
  /** Entries in their order, as data and as they stand in the file. */
  entries: Array<{ body: MetadataBody; text: string }>;
};

const RULE = /<assignmentRule>([\s\S]*?)<\/assignmentRule>/g;
const ENTRY = /<ruleEntry>[\s\S]*?<\/ruleEntry>/g;

/** Rules out of the text of a file. Elements of rules are never nested in themselves, so their texts can be told apart. */
export function rulesIn(xml: string): RuleDefinition[] {
  const { body } = parseMetadata(xml);
  const texts = [...xml.matchAll(RULE)].map(([, inner = '']) => [...inner.matchAll(ENTRY)].map(([text]) => text));
  return listOf(body, 'assignmentRule').map((rule, at) => ({
    name: textOf(rule, 'fullName') ?? '',
    active: isOn(rule, 'active'),
    entries: listOf(rule, 'ruleEntry').map((entry, index) => ({ body: entry, text: texts[at]?.[index] ?? '' })),
  }));
}

/** The rules of leads that the org has. @throws RetrieveError, or the org's error where the user may not read metadata */
export async function readRules(conn: Connection): Promise<RuleDefinition[]> {
  const { zip } = await retrieveZip(conn, { AssignmentRules: ['Lead'] });
  const file = Object.entries(unzipSync(zip)).find(([path]) => path.endsWith(RULE_FILE));
  return file ? rulesIn(new TextDecoder().decode(file[1])) : [];
}
