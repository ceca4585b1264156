/** Requests of GraphQL, and what they answer. */
import { expect } from 'chai';
import { soql, type As } from '../access/grants.js';

export type Value = { value: unknown; displayValue?: unknown; label?: unknown };
export type Node = Record<string, Value> & { Id: string };

export type Page<T = Node> = {
  edges: Array<{ node: T; cursor: string }>;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
  pageResultCount: number;
};

export type Problem = { message: string; path: unknown[]; locations: object[]; extensions: { ErrorType: string } };
export type Answer = { data: Record<string, unknown> | null; errors: Problem[] };

/** Sends a document. */
export const send = async (as: As, query: string, variables?: object): Promise<Answer> => {
  const answer = await as('POST', '/graphql', { query, variables });
  expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  return answer.body as Answer;
};

/** What stands below `uiapi`; errors are none. */
export const uiapi = async <T>(as: As, query: string, variables?: object): Promise<T> => {
  const { data, errors } = await send(as, query, variables);
  expect(errors, JSON.stringify(errors)).to.deep.equal([]);
  return data!.uiapi as T;
};

/** A page of an object. @param rest arguments in brackets @param fields what is asked of each record */
export const page = async (as: As, object: string, rest: string, fields: string, variables?: object): Promise<Page> => {
  const info = 'totalCount pageResultCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const declared = variables ? `($where: ${object}_Filter, $after: String)` : '';
  const query = `query Q${declared} { uiapi { query { ${object}${rest} { edges { cursor node { Id ${fields} } } ${info} } } } }`;
  const { query: found } = await uiapi<{ query: Record<string, Page> }>(as, query, variables);
  return found[object]!;
};

/** Kind and text of the first error, and the data beside it. */
export const refusal = async (
  as: As,
  query: string,
  variables?: object
): Promise<{ type: string; message: string; data: unknown }> => {
  const { data, errors } = await send(as, query, variables);
  expect(errors.length, JSON.stringify(data)).to.be.greaterThan(0);
  return { type: errors[0]!.extensions.ErrorType, message: errors[0]!.message, data };
};

/** Records of a query by REST. */
export const rows = async (as: As, text: string): Promise<Array<Record<string, unknown>>> => {
  const first = await as('GET', soql(text));
  expect(first.status, JSON.stringify(first.body)).to.equal(200);
  type Body = { records: Array<Record<string, unknown>>; nextRecordsUrl?: string };
  const { records, ...rest } = first.body as Body;
  for (let next = rest.nextRecordsUrl; next !== undefined;) {
    const more = (await as('GET', next)).body as Body;
    records.push(...more.records);
    next = more.nextRecordsUrl;
  }
  return records;
};
