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
export const readRules = async (conn: Connection): Promise<RuleDefinition[]> => (await readRulesWith(conn, {})).rules;

/** The rules, and what else of metadata is asked for in the same call: parsed files by their path. */
export async function readRulesWith(
  conn: Connection,
  members: Record<string, readonly string[]>
): Promise<{ rules: RuleDefinition[]; files: Map<string, MetadataBody> }> {
  const { zip } = await retrieveZip(conn, { AssignmentRules: ['Lead'], ...members });
  const texts = Object.entries(unzipSync(zip)).map(
    ([path, bytes]) => [path.replace(/^unpackaged\//, ''), new TextDecoder().decode(bytes)] as const
  );
  const rules = texts.find(([path]) => path === RULE_FILE);
  const others = texts.filter(([path]) => path !== RULE_FILE && path !== 'package.xml');
  return {
    rules: rules ? rulesIn(rules[1]) : [],
    files: new Map(others.map(([path, text]) => [path, parseMetadata(text).body])),
  };
}
