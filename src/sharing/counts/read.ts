/** Asks for the numbers, five queries a call. What cannot be counted stays unknown and has a note. */
import type { Connection } from '@salesforce/core';
import { countsBy, queryAll, queryTogether, select } from '../../org/read/index.js';
import type { Finding } from '../finding.js';
import type { Counts, SharingSnapshot } from '../model.js';
import { Reader } from '../read/reader.js';
import {
  folderQuestions,
  NotCountable,
  objectQuestions,
  ownContacts,
  ruleQuestion,
  rulesToCount,
  type CountQuestion,
  type CountRow,
} from './plan.js';

/** The snapshot with its numbers. `findings` of an analysis without numbers say what is worth counting. */
export async function readCounts(
  conn: Connection,
  snapshot: SharingSnapshot,
  findings: readonly Finding[]
): Promise<SharingSnapshot> {
  const reader = new Reader(conn);
  const questions = [
    ...objectQuestions(snapshot),
    ...(await ruleQuestions(reader, snapshot, findings)),
    ...(findings.some(({ key }) => key === 'implicit:Contact') ? [ownContacts()] : []),
    ...folderQuestions(findings, await folderNames(reader, findings)),
  ];
  const counts: Counts = { owners: {}, totals: {}, rules: {}, folders: {} };
  const answers = await queryTogether<CountRow>(
    conn,
    questions.map(({ soql }) => soql)
  );
  for (const [index, { records, error }] of answers.entries()) {
    const question = questions[index]!;
    const rows = error ? await inPages(reader, question, error) : records;
    if (rows) question.put(counts, rows);
  }
  return { ...snapshot, counts, notes: [...snapshot.notes, ...reader.notes] };
}

/** An org gives at most 2,000 groups at once and has no second page for them. */
async function inPages(
  reader: Reader,
  { source, paged }: CountQuestion,
  error: Error
): Promise<CountRow[] | undefined> {
  if (!paged || (error as { errorCode?: string }).errorCode !== 'EXCEEDED_ID_LIMIT') {
    reader.note(source, error);
    return undefined;
  }
  const counted = await reader.attempt(source, countsBy(reader.conn, paged));
  return counted && [...counted].map(([value, total]) => ({ [paged.by]: value, total }));
}

async function ruleQuestions(
  reader: Reader,
  snapshot: SharingSnapshot,
  findings: readonly Finding[]
): Promise<CountQuestion[]> {
  const types = new Map<string, Map<string, string>>();
  const questions: CountQuestion[] = [];
  for (const rule of rulesToCount(snapshot, findings)) {
    const { object, name } = rule;
    if (!types.has(object)) types.set(object, await fieldTypes(reader, object));
    try {
      questions.push(ruleQuestion(rule, types.get(object)!, snapshot.people));
    } catch (error) {
      if (!(error instanceof NotCountable) && !(error instanceof RangeError)) throw error;
      reader.note(`Records of the rule ${object}.${name}`, error);
    }
  }
  return questions;
}

/** Type of each field by its name in lower case; one call an object. */
async function fieldTypes(reader: Reader, object: string): Promise<Map<string, string>> {
  const described = await reader.attempt(`Fields of ${object}`, reader.conn.describe(object));
  return new Map(described?.fields.map(({ name, type }) => [name.toLowerCase(), type]));
}

/** Folder ids to developer names, where a folder leads outside. */
async function folderNames(reader: Reader, findings: readonly Finding[]): Promise<Map<string, string>> {
  if (!findings.some(({ kind }) => kind === 'folder')) return new Map();
  const soql = select({ from: 'Folder', fields: ['Id', 'DeveloperName'] });
  const rows = await reader.attempt(
    'Names of folders',
    queryAll<{ Id: string; DeveloperName: string }>(reader.conn, soql)
  );
  return new Map(rows?.map(({ Id, DeveloperName }) => [Id, DeveloperName]));
}
