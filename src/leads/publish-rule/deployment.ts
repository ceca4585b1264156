/** What is deployed: the fields, the rule as a whole, and the mirror that takes them back. */
import { textOf, type MetadataBody } from '../../org/read/index.js';
import type { Deployment, DeployFile, Members, PlannedComponent } from '../../runs/index.js';
import { RULE_FILE, RULE_ROOT, type RuleDefinition } from '../assign/rule-file.js';

/** A rule with the entries that it is to have. */
export type RuleWish = { name: string; active: boolean; entries: readonly MetadataBody[] };

export type PublishWish = {
  rules: readonly RuleWish[];
  fields: readonly MetadataBody[];
  /** Deleted behind what is written, in this order. */
  deletedRules?: readonly string[];
  deletedFields?: readonly string[];
};

/** A rule as it is. */
export const asIs = ({ name, active, entries }: RuleDefinition): RuleWish => ({
  name,
  active,
  entries: entries.map(({ body }) => body),
});

const ruleBody = ({ name, active, entries }: RuleWish): MetadataBody => ({
  fullName: name,
  active: String(active),
  ...(entries.length > 0 ? { ruleEntry: [...entries] } : {}),
});

const some = (members: Record<string, readonly string[]>): Members =>
  Object.fromEntries(Object.entries(members).filter(([, names]) => names.length > 0));

/** The deployment of a wish. */
export function deploymentOf({ rules, fields, deletedRules = [], deletedFields = [] }: PublishWish): Deployment {
  const files: DeployFile[] = [
    ...(fields.length > 0
      ? [{ path: 'objects/Lead.object', root: 'CustomObject', body: { fields: [...fields] } }]
      : []),
    ...(rules.length > 0 ? [{ path: RULE_FILE, root: RULE_ROOT, body: { assignmentRule: rules.map(ruleBody) } }] : []),
  ];
  const ruleNames = (names: readonly string[]): string[] => names.map((name) => `Lead.${name}`);
  const deleted = some({ AssignmentRule: ruleNames(deletedRules), CustomField: deletedFields });
  return {
    files,
    members: some({
      CustomField: fields.map((field) => `Lead.${textOf(field, 'fullName') ?? ''}`),
      AssignmentRule: ruleNames(rules.map(({ name }) => name)),
    }),
    ...(Object.keys(deleted).length > 0 ? { deleteAfter: deleted } : {}),
  };
}

/** Components of a plan, for people. */
export const component = (
  type: 'AssignmentRule' | 'CustomField',
  name: string,
  action: PlannedComponent['action']
): PlannedComponent => ({ type, fullName: `Lead.${name}`, action });
