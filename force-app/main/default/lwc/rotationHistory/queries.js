/** What the history asks by GraphQL. */
import { gql } from 'lightning/graphql';

/**
 * Gifts of a rotation, the newest first; `where` says more about them. Without an upper bound GraphQL reaches 4,000 records; with
 * one a page has 200 to 2,000 (GraphQL API guide, Paginate with Upper-Bound Limit). Fields that are hidden from the user are left out.
 */
const history = (parameters, where) => gql`
  query history($rotation: ID, ${parameters}$first: Int, $after: String) {
    uiapi {
      query {
        Lead_Assignment__c(
          first: $first
          after: $after
          upperBound: 1000000
          where: { and: [{ Rotation__c: { eq: $rotation } }${where}] }
          orderBy: { CreatedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              CreatedDate {
                value
                displayValue
              }
              Outcome__c @optional {
                value
                displayValue
              }
              Reason__c @optional {
                value
              }
              Owner_After__c @optional {
                value
              }
              Lead__r @optional {
                Name {
                  value
                }
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  }
`;

export const HISTORY = history('', '');
export const HISTORY_BY_NAME = history('$name: String, ', ', { Lead__r: { Name: { like: $name } } }');
