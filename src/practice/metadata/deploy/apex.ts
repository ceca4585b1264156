/** A deploy of Apex is refused where the Apex of the org does not compile with it. */
import type { ApexRoom } from '../../apex/org/room.js';
import { Problem } from '../problem.js';
import { refused, type Message } from './result.js';

const APEX = new Set(['ApexClass', 'ApexTrigger']);

/**
 * The messages of a deploy with what the compiler says. What is Apex that the practice org does not run is deployed all the
 * same, with a warning: it is refused when somebody runs it.
 */
export function withCompiled(apex: ApexRoom, messages: readonly Message[]): Message[] {
  if (!messages.some(({ componentType, success }) => success && APEX.has(componentType))) return [...messages];
  const found = apex.problem();
  if (!found) return [...messages];
  const { source, message, line, column, isUnsupported } = found;
  const at = messages.findIndex(
    ({ componentType, fullName, success }) => success && APEX.has(componentType) && fullName === source
  );
  if (isUnsupported) {
    const warning = {
      problem: `${source}: ${message}`,
      problemType: 'Warning',
      lineNumber: line,
      columnNumber: column,
    } as const;
    return messages.map((one, index) => (index === at ? { ...one, ...warning } : one));
  }
  const about = messages[at] ?? { componentType: 'ApexClass', fullName: source, fileName: `classes/${source}.cls` };
  const told = refused(about, new Problem(message, { line, column }));
  return at < 0 ? [...messages, told] : messages.with(at, told);
}
