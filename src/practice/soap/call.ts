import type { SaveOptions, Session } from '../contracts.js';
import type { Occasion } from '../faults/rules.js';
import type { Rooms } from '../http/rooms.js';
import { assignmentOf } from '../http/call.js';
import { child, text, type Node } from './envelope.js';

/** One SOAP operation that is to be carried out. */
export type SoapCall = {
  rooms: Rooms;
  n: number;
  version: string;
  headers: Node;
  args: Node;
  /** Caller; absent for `login` only. */
  session: Session;
  occasion: Occasion;
};

const flag = (node: Node, name: string): boolean | undefined => {
  const value = text(node, name);
  return value === undefined ? undefined : value.trim() === 'true' || value.trim() === '1';
};

/** Without AssignmentRuleHeader no rule runs, unlike REST. */
const assignment = (header: Node): SaveOptions['assignment'] => {
  const ruleId = text(header, 'assignmentRuleId')?.trim();
  if (ruleId) return assignmentOf(ruleId);
  return flag(header, 'useDefaultRule') ? 'active' : 'none';
};

/** Mail flags of EmailHeader; undefined where there is none (platform-facts C7). */
export const emailFlags = (headers: Node): SaveOptions['email'] => {
  if (headers.EmailHeader === undefined) return undefined;
  const header = child(headers, 'EmailHeader');
  return {
    triggerUserEmail: flag(header, 'triggerUserEmail') ?? false,
    triggerOtherEmail: flag(header, 'triggerOtherEmail') ?? false,
    triggerAutoResponseEmail: flag(header, 'triggerAutoResponseEmail') ?? false,
  };
};

/** How records are saved, from the headers of the envelope. */
export const saveOptions = (call: SoapCall, more: Partial<SaveOptions> = {}): SaveOptions => ({
  session: call.session,
  allOrNone: flag(child(call.headers, 'AllOrNoneHeader'), 'allOrNone') ?? false,
  assignment: assignment(child(call.headers, 'AssignmentRuleHeader')),
  email: emailFlags(call.headers),
  source: 'soap',
  request: call.n,
  ...more,
});

/** Rows a page from QueryOptions. */
export const batchSize = (headers: Node): number | undefined => {
  const size = Number(text(child(headers, 'QueryOptions'), 'batchSize') ?? NaN);
  return Number.isInteger(size) ? Math.min(2000, Math.max(200, size)) : undefined;
};
