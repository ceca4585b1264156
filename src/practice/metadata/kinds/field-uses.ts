/** What needs a field, so that it cannot be deleted. */
import type { ObjectDef } from '../../catalog/types.js';
import { entriesOf, type RuleEntry } from '../../assignment/entries.js';
import { compileFormula } from '../../formula/compile.js';
import { readersOf } from '../../formula/fields.js';
import type { SaveTools } from '../../save/context.js';

const bare = (def: ObjectDef, name: string): string =>
  (name.startsWith(`${def.name}.`) ? name.slice(def.name.length + 1) : name).toLowerCase();

const reads = (def: ObjectDef, { criteria, formula }: RuleEntry, field: string): boolean =>
  criteria.some((one) => [one.field, one.valueField ?? ''].some((name) => bare(def, name) === field.toLowerCase())) ||
  (formula !== undefined && compileFormula(def, formula).fields.includes(field));

const rulesWith = (tools: SaveTools, def: ObjectDef, field: string): string[] =>
  tools.components
    .list('AssignmentRule')
    .filter(({ fullName }) => fullName.startsWith(`${def.name}.`))
    .filter(({ body }) => entriesOf(body).some((entry) => reads(def, entry, field)))
    .map(({ fullName }) => `Assignment Rule ${fullName}`);

/** Name of a formula field or assignment rule that needs a field of an object. */
export const usedBy = (tools: SaveTools, def: ObjectDef, field: string): string | undefined =>
  [...readersOf(def, field).map((name) => `Custom Field ${def.name}.${name}`), ...rulesWith(tools, def, field)][0];
