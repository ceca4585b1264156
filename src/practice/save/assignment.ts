/** Assignment rules of leads and cases (platform-facts D, G). */
import { isId, to18 } from '../store/ids.js';
import type { Store } from '../contracts.js';
import type { Assigner, Draft, Saving } from './context.js';
import { fail } from './failures.js';
import { giveTo } from './write.js';

const ASSIGNABLE = new Set(['Lead', 'Case']);

/** The rule to run: an id, `active`, or undefined where none is asked for. @throws PlatformError MALFORMED_ID */
const ruleOf = ({ def, options }: Saving): string | undefined => {
  if (!ASSIGNABLE.has(def.name) || options.assignment === 'none') return undefined;
  if (options.assignment === 'active') return 'active';
  const { ruleId } = options.assignment;
  if (!isId(ruleId)) throw fail.malformedId(ruleId);
  return to18(ruleId);
};

/** Whether this save asks for an assignment rule. */
export const mayAssign = ({ def, options }: Saving): boolean =>
  ASSIGNABLE.has(def.name) && options.assignment !== 'none';

/** Runs the rule on a record that was just written. @throws PlatformError INVALID_ASSIGNMENT_RULE and owner errors. */
export const assign = (saving: Saving, draft: Draft): void => {
  const rule = ruleOf(saving);
  if (rule === undefined) return;
  const record = saving.tools.store.find(saving.def, draft.id)!;
  const owner = saving.tools.assigner.assignOwner(saving.def, record, rule);
  if (owner !== undefined && owner !== record.OwnerId) giveTo(saving, draft, owner);
};

/** The assigner of an org whose rules have no entries stored: it only knows which rules exist. */
export const withoutEntries = (store: Store): Assigner => ({
  assignOwner(def, _record, rule) {
    if (rule === 'active') return undefined;
    const found = store.sql('SELECT 1 FROM "AssignmentRule" WHERE "Id" = ? AND "SobjectType" = ?').get(rule, def.name);
    if (!found) throw fail.of('INVALID_ASSIGNMENT_RULE', `Invalid assignment rule: ${rule}`);
    return undefined;
  },
});
