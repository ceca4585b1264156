/** Assignment rules of leads and cases (platform-facts D, G). */
import { isId, to18 } from '../store/ids.js';
import { mailAssignment } from '../assignment/mail.js';
import { valueOf, type Draft, type Saving } from './context.js';
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
  const found = saving.tools.assigner.match(saving.def, draft.id, rule);
  if (found?.ownerId === undefined) return;
  const moves = found.ownerId !== valueOf(draft, 'OwnerId');
  if (moves) giveTo(saving, draft, found.ownerId);
  // Who has the record already is not told again each time it is saved. [M]
  if (!moves && !draft.created) return;
  if (found.template !== undefined) mailAssignment(saving, draft, found.ownerId, found.template);
};
