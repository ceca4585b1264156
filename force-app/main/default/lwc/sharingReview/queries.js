/** What the review asks by GraphQL. */
import { gql } from 'lightning/graphql';
import { LABELS } from './labels';

/** Decided here or in the decisions file. What has changed since the file took a decision waits for another one. */
const UNDECIDED = `{ and: [
  { State__c: { in: ["new", "reopened"] } }
  { or: [
    { Decision__c: { eq: "open" } }
    { Decision__c: { eq: null } }
    { and: [{ State__c: { eq: "reopened" } }, { Proposal_Exported__c: { eq: true } }] }
  ] }
] }`;
const DECIDED = `{ or: [
  { State__c: { eq: "decided" } }
  { and: [
    { Decision__c: { in: ["keep", "convert", "defer"] } }
    { or: [
      { State__c: { eq: "new" } }
      { and: [{ State__c: { eq: "reopened" } }, { Proposal_Exported__c: { eq: false } }] }
    ] }
  ] }
] }`;

/** States of findings as people choose them. */
const STATES = { open: UNDECIDED, decided: DECIDED, gone: '{ State__c: { eq: "gone" } }' };

/** Fields by which findings are filtered, and the types of their variables. */
const FILTERS = {
  severity: ['Severity__c', 'Picklist'],
  kind: ['Kind__c', 'Picklist'],
  object: ['Object__c', 'String'],
};

const known = new Map();

/** The same text for the same question each time, so that wires ask once. */
const once = (key, make) => {
  if (!known.has(key)) known.set(key, make());
  return known.get(key);
};

/** Fields that a finding can be told without, and what people call them. The others are those by which the page asks. */
export const OPTIONAL = {
  Kind__c: LABELS.KIND,
  Object__c: LABELS.OBJECT,
  Path__c: LABELS.WAYS,
  Records_Exposed__c: LABELS.RECORDS,
  Decision_Reason__c: LABELS.REASON,
  Decided_At__c: LABELS.WHEN,
  Decided_By__r: LABELS.WHO,
};

/**
 * Findings in a state, the gravest first.
 * @param {'open' | 'decided' | 'gone'} state
 * @param {string[]} filters names of FILTERS, whose variables the query has beside `first` and `after`
 */
export const findingsQuery = (state, filters) =>
  once(`${state} ${filters}`, () => {
    const parameters = filters.map((name) => `$${name}: ${FILTERS[name][1]}, `).join('');
    const where = filters.map((name) => `{ ${FILTERS[name][0]}: { eq: $${name} } }`).join(' ');
    return gql`
      query findings(${parameters}$first: Int, $after: String) {
        uiapi {
          query {
            Sharing_Finding__c(
              first: $first
              after: $after
              where: { and: [${STATES[state]} ${where}] }
              orderBy: { Severity__c: { order: ASC }, Source_Name__c: { order: ASC } }
            ) {
              edges {
                node {
                  Id
                  Finding_Key__c { value }
                  State__c { value }
                  Severity__c { value displayValue }
                  Kind__c @optional { value displayValue }
                  Object__c @optional { value }
                  Source_Name__c { value }
                  Path__c @optional { value }
                  Records_Exposed__c @optional { value }
                  Decision__c { value }
                  Decision_Reason__c @optional { value }
                  Decided_At__c @optional { value }
                  Decided_By__r @optional { Name { value } }
                  Proposal_Exported__c { value }
                }
              }
              pageInfo { hasNextPage endCursor }
              totalCount
            }
          }
        }
      }
    `;
  });

const counted = (name, field, state) => `
  ${name}: Sharing_Finding__c(first: 200, where: ${STATES[state]}, groupBy: { ${field}: { group: true } }) {
    edges { node { aggregate { ${field} { value } Id { count { value } } } } }
  }`;

/**
 * How many findings in a state there are of each severity, kind and object.
 * @param {string[]} hidden fields that the user may not see, which cannot be counted
 */
export const countsQuery = (state, hidden) =>
  once(`counts ${state} ${hidden}`, () => {
    const counts = Object.entries(FILTERS)
      .filter(([, [field]]) => !hidden.includes(field))
      .map(([name, [field]]) => counted(name, field, state));
    return gql`query counts { uiapi { aggregate { ${counts.join('')} } } }`;
  });

/** @returns {Record<string, Array<{ value: string, count: number }>>} by the names of filters */
export const countsOf = ({ uiapi: { aggregate } }) =>
  Object.fromEntries(
    Object.entries(aggregate).map(([name, { edges }]) => [
      name,
      edges
        .map(({ node }) => ({ value: node.aggregate[FILTERS[name][0]].value, count: node.aggregate.Id.count.value }))
        .filter(({ value }) => value),
    ])
  );
