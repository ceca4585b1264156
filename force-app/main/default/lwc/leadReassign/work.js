/** Leads that go to another owner: which can, in calls of how many, and what became of each. */
import facts from '@salesforce/apex/LeadReassignController.facts';
import reassign from '@salesforce/apex/LeadReassign.reassign';
import { errorText } from 'c/desk';
import { LABELS } from './labels.js';

/** Leads of one question, and of one write: what the Apex classes take. */
const ASKED = 2000;
const WRITTEN = 200;

const chunksOf = (rows, size) =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));

/**
 * @param {string[]} leadIds any number; twice the same counts once
 * @returns {Promise<object[]>} each with name, company, owner, whether it is converted and `mayGive`; `isMissing` where the user sees no such lead
 */
export const factsOf = async (leadIds) => {
  const ids = [...new Set(leadIds)];
  const found = new Map();
  for (const some of chunksOf(ids, ASKED)) {
    // One after the other: an org takes few long requests of a user at once.
    // eslint-disable-next-line no-await-in-loop
    for (const fact of await facts({ leadIds: some })) found.set(fact.leadId, fact);
  }
  return ids.map((leadId) => found.get(leadId) ?? { leadId, name: leadId, isMissing: true });
};

const refusalOf = (lead, ownerId) => {
  if (lead.isMissing) return LABELS.UNSEEN;
  if (lead.isConverted) return LABELS.CONVERTED;
  if (!lead.mayGive) return LABELS.NO_TRANSFER;
  return lead.ownerId === ownerId ? LABELS.SAME_OWNER : undefined;
};

/**
 * @param {string[]} reasons
 * @returns {Array<{reason: string, count: number}>} each once, in their order
 */
export const countsOf = (reasons) => {
  const counts = new Map();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count }));
};

/**
 * @param {object[]} leads of `factsOf`
 * @param {string} ownerId new owner
 * @returns {{going: object[], left: Array<{reason: string, count: number}>}} leads that go there, and why others do not
 */
export const planOf = (leads, ownerId) => {
  const going = leads.filter((lead) => !refusalOf(lead, ownerId));
  return { going, left: countsOf(leads.map((lead) => refusalOf(lead, ownerId)).filter(Boolean)) };
};

/** A call that failed as a whole has an answer for each lead too: whether it was given away is seen when it is tried again. */
const write = async (rows, notify) => {
  try {
    return await reassign({ rows, notify });
  } catch (error) {
    return rows.map(({ leadId }) => ({ leadId, isDone: false, code: 'CALL', message: errorText(error) }));
  }
};

/** Codes after which the same may work a moment later. */
const PASSING = new Set(['UNABLE_TO_LOCK_ROW', 'CALL']);

/**
 * Gives leads away, call by call.
 * @param {object[]} leads of `planOf`
 * @param {string} ownerId new owner
 * @param {boolean} notify whether the platform mails the new owner
 * @param {(count: number) => void} progress hears after each call how many leads have an answer
 * @param {() => boolean} isLeft whether nobody looks any more: what has not been written by then stays as it is
 * @returns {Promise<object[]>} leads with `isDone`, `code`, `message`, and `mayRetry`
 */
export const giveTo = async (leads, ownerId, notify, progress, isLeft) => {
  const results = [];
  for (const some of chunksOf(leads, WRITTEN)) {
    if (isLeft()) break;
    const rows = some.map((lead) => ({ leadId: lead.leadId, ownerId, ownerBefore: lead.ownerId }));
    // One after the other: calls at once would lock each other's rows.
    // eslint-disable-next-line no-await-in-loop
    const answers = await write(rows, notify);
    results.push(...answers.map((answer, at) => ({ ...some[at], ...answer, mayRetry: PASSING.has(answer.code) })));
    progress(results.length);
  }
  return results;
};
