/** A deploy of Apex is refused where the Apex of the org does not compile with it. */
import type { ApexProblem, ApexRoom } from '../../apex/org/room.js';
import { Problem } from '../problem.js';
import { refused, type Message } from './result.js';

const APEX = new Set(['ApexClass', 'ApexTrigger']);

const isApex = ({ success, componentType }: Message): boolean => success && APEX.has(componentType);

/**
 * The messages of a deploy with what the compiler says. What is Apex that the practice org does not run is deployed all the
 * same, with a warning: it is refused when somebody reaches it.
 */
export function withCompiled(apex: ApexRoom, messages: readonly Message[]): Message[] {
  if (!messages.some(isApex)) return [...messages];
  const found = apex.problems();
  const wrong = found.find(({ isUnsupported }) => !isUnsupported);
  return wrong ? withRefusal(messages, wrong) : messages.map((one) => (isApex(one) ? withWarning(one, found) : one));
}

function withWarning(message: Message, problems: readonly ApexProblem[]): Message {
  const found = problems.find(({ source }) => source === message.fullName);
  if (!found) return message;
  const problem = `${found.source}: ${found.message}`;
  return { ...message, problem, problemType: 'Warning', lineNumber: found.line, columnNumber: found.column };
}

function withRefusal(messages: readonly Message[], { source, message, line, column }: ApexProblem): Message[] {
  const at = messages.findIndex((one) => isApex(one) && one.fullName === source);
  const about = messages[at] ?? { componentType: 'ApexClass', fullName: source, fileName: `classes/${source}.cls` };
  const told = refused(about, new Problem(message, { line, column }));
  return at < 0 ? [...messages, told] : messages.with(at, told);
}
