/** What the board asks by GraphQL. */
import { gql } from 'lightning/graphql';

export const ROTATIONS = gql`
  query rotations {
    uiapi {
      query {
        Lead_Rotation__c(first: 200, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name {
                value
              }
              Key__c {
                value
              }
              Active__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;
