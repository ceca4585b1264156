/**
 * Whether the owner of a lead has touched it. Four signs are looked at, and each is there, missing, or not known. A lead is
 * untouched where all are missing; what is not known is never taken for missing. Pure.
 */
import { durationText } from './duration.js';
import type { Evidence, HeldLead, Sources, Touch } from './facts.js';
import { sinceOf, type Since } from './since.js';

export const SIGNS = ['read', 'activity', 'change', 'status'] as const;

export type Sign = (typeof SIGNS)[number];

/** `text` says it for people. */
export type Finding = { sign: Sign; there: boolean | undefined; text: string };

export type Standing = {
  since: Since;
  /** Milliseconds since then. With the source `modified` it is the least that it can be. */
  held: number;
  verdict: 'untouched' | 'touched' | 'unknown';
  findings: readonly Finding[];
  /** All of it in a line. */
  reason: string;
};

/** What a standing is judged by. */
export type Judging = {
  sources: Sources;
  now: number;
  /** Signs that do not count. */
  ignored: ReadonlySet<Sign>;
};

/** Who holds a lead: a queue reads and changes nothing. */
const isQueue = ({ ownerId }: HeldLead): boolean => ownerId.startsWith('00G');

/** Times of one transaction differ by less. */
const SECOND = 1000;

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Judges a lead. */
export function standingOf(lead: HeldLead, evidence: Evidence, { sources, now, ignored }: Judging): Standing {
  const since = sinceOf(lead, evidence, sources);
  // Where nobody knows when the owner got it, whatever he ever did counts.
  const from = since.source === 'modified' ? lead.created : since.at;
  const touches = evidence.touches.filter(({ by, at }) => by === lead.ownerId && at > from);
  const findings = [
    ...(isQueue(lead) ? [] : [readSign(lead)]),
    activitySign(lead, touches, from, sources),
    ...(isQueue(lead) ? [] : [changeSign(lead, touches, from)]),
    statusSign(lead, sources),
  ].filter(({ sign }) => !ignored.has(sign));
  const held = Math.max(0, now - since.at);
  const verdict = verdictOf(findings);
  return { since, held, verdict, findings, reason: reasonOf(lead, since, held, verdict, findings) };
}

function verdictOf(findings: readonly Finding[]): Standing['verdict'] {
  if (findings.some(({ there }) => there === true)) return 'touched';
  return findings.some(({ there }) => there === undefined) ? 'unknown' : 'untouched';
}

/** Of a touched lead only what was found, of one that is not clear only what is missing to know. */
function reasonOf(
  lead: HeldLead,
  { source }: Since,
  held: number,
  verdict: Standing['verdict'],
  findings: readonly Finding[]
): string {
  const wanted = { untouched: false, touched: true, unknown: undefined }[verdict];
  const word = isQueue(lead) ? 'waited' : 'held';
  const least = source === 'modified' ? 'at least ' : '';
  const texts = findings.filter(({ there }) => there === wanted).map(({ text }) => text);
  return [`${word} ${least}${durationText(held)}`, ...texts].join(', ');
}

const readSign = ({ unread }: HeldLead): Finding => ({
  sign: 'read',
  there: !unread,
  text: unread ? 'unread' : 'read',
});

/** Activities of the owner, and the day of the last one of anybody: of events and mails often nothing else can be read. */
function activitySign(lead: HeldLead, touches: readonly Touch[], from: number, sources: Sources): Finding {
  const own = latest(touches, 'activity');
  const sign = 'activity' as const;
  if (own !== undefined) return { sign, there: true, text: `activity on ${dayOf(own)}` };
  if (lead.activity > dayOf(from)) return { sign, there: true, text: `activity on ${lead.activity}` };
  if (!sources.tasks && !isQueue(lead)) return { sign, there: undefined, text: 'activities cannot be read' };
  return { sign, there: false, text: 'no activity' };
}

/**
 * A later change by somebody else hides an earlier one by the owner from the lead's own fields, and histories note few
 * fields. Who has not opened a lead has not changed it.
 */
function changeSign(lead: HeldLead, touches: readonly Touch[], from: number): Finding {
  const sign = 'change' as const;
  const { createdBy, modifiedBy, modified, ownerId, unread } = lead;
  const isLater = modified > from + SECOND;
  const noted = modifiedBy === ownerId && isLater ? modified : latest(touches, 'change');
  if (noted !== undefined) return { sign, there: true, text: `changed by the owner on ${dayOf(noted)}` };
  if (createdBy === ownerId) return { sign, there: true, text: 'made by the owner' };
  if (isLater && !unread) return { sign, there: undefined, text: 'somebody else changed it last' };
  return { sign, there: false, text: 'not changed' };
}

function statusSign({ status }: HeldLead, { newStatus }: Sources): Finding {
  const text = `status ${status}`;
  if (newStatus === undefined) return { sign: 'status', there: undefined, text: `${text}, of which nobody knows` };
  return { sign: 'status', there: status !== newStatus, text };
}

const latest = (touches: readonly Touch[], wanted: Touch['kind']): number | undefined =>
  touches.reduce<number | undefined>(
    (last, { kind, at }) => (kind === wanted ? Math.max(last ?? at, at) : last),
    undefined
  );
