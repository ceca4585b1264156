/** Which records about leads an org has, and lets the running user read. One API call. */
import type { Connection } from '@salesforce/core';
import { compare, queryTogether, select, type QueryAnswer } from '../../org/read/index.js';
import { ASSIGNMENT } from '../assignments/index.js';
import type { Sources } from './facts.js';

type Row = { Id: string; CreatedDate?: string; ApiName?: string };

const UNREADABLE = /INVALID_TYPE|INVALID_FIELD|INSUFFICIENT_ACCESS/;

/** Sources, and a sentence about each that cannot be read. @throws the org's error of another kind */
export async function readSources(conn: Connection): Promise<{ sources: Sources; notes: string[] }> {
  const one = (from: string): string => select({ from, fields: ['Id'], limit: 1 });
  const [history, assignments, tasks, events, status] = await queryTogether<Row>(conn, [
    select({
      from: 'LeadHistory',
      fields: ['Id', 'CreatedDate'],
      where: compare('Field', '=', 'Owner'),
      orderBy: ['CreatedDate'],
      limit: 1,
    }),
    one(ASSIGNMENT),
    one('Task'),
    one('Event'),
    select({ from: 'LeadStatus', fields: ['Id', 'ApiName'], where: compare('IsDefault', '=', true), limit: 1 }),
  ]);
  const first = rowOf(history)?.CreatedDate;
  const newStatus = rowOf(status)?.ApiName;
  const sources: Sources = {
    assignments: canRead(assignments),
    tasks: canRead(tasks),
    events: canRead(events),
    ...(first === undefined ? {} : { trackedSince: Date.parse(first) }),
    ...(newStatus === undefined ? {} : { newStatus }),
  };
  return { sources, notes: notesOf(sources) };
}

function canRead(answer: QueryAnswer<Row> | undefined): boolean {
  if (answer?.error && !UNREADABLE.test(answer.error.errorCode ?? '')) throw answer.error;
  return answer !== undefined && !answer.error;
}

const rowOf = (answer: QueryAnswer<Row> | undefined): Row | undefined =>
  canRead(answer) ? answer?.records?.[0] : undefined;

function notesOf({ trackedSince, assignments, tasks, events, newStatus }: Sources): string[] {
  const told: Array<[boolean, string]> = [
    [
      trackedSince === undefined,
      'The history of leads has no change of an owner. Where nothing else tells since when an owner has a lead, the last change of the lead is the latest moment that it can be. Lead Owner is tracked after Setup > Object Manager > Lead > Fields & Relationships > Set History Tracking.',
    ],
    [
      !assignments,
      'The org has no Lead_Assignment__c, or you may not read it, so changes of owners were not recorded.',
    ],
    [!tasks, 'Tasks cannot be read.'],
    [!events, 'Events cannot be read. They count only through the field Last Activity of the lead.'],
    [newStatus === undefined, 'Which status new leads get cannot be read.'],
  ];
  return told.flatMap(([holds, text]) => (holds ? [text] : []));
}
