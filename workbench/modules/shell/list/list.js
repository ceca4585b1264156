/** A list of records with the list button of the package. */
import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';

const PAGE = 200;

const QUERIES = {
  Lead: gql`
    query leads($first: Int) {
      uiapi {
        query {
          Lead(first: $first, where: { IsConverted: { eq: false } }, orderBy: { CreatedDate: { order: DESC } }) {
            edges {
              node {
                Id
                Name {
                  value
                }
                Company {
                  value
                }
                Status {
                  value
                }
                Owner {
                  ... on User {
                    Name {
                      value
                    }
                  }
                  ... on Group {
                    Name {
                      value
                    }
                  }
                }
              }
            }
            totalCount
          }
        }
      }
    }
  `,
  Account: gql`
    query accounts($first: Int) {
      uiapi {
        query {
          Account(first: $first, orderBy: { Name: { order: ASC } }) {
            edges {
              node {
                Id
                Name {
                  value
                }
                Industry {
                  value
                }
                Owner {
                  ... on User {
                    Name {
                      value
                    }
                  }
                }
              }
            }
            totalCount
          }
        }
      }
    }
  `,
};

const COLUMNS = { Lead: ['Name', 'Company', 'Status', 'Owner'], Account: ['Name', 'Industry', 'Owner'] };

const textOf = (value) => value?.Name?.value ?? value?.value;

export default class List extends LightningElement {
  @api objectApiName;
  @api label;
  @api button;
  @api screen;

  selected = [];
  isOpen = false;

  @wire(graphql, { query: '$query', variables: '$variables' })
  answer;

  variables = { first: PAGE };

  get query() {
    return QUERIES[this.objectApiName];
  }

  get columns() {
    const [first, ...others] = COLUMNS[this.objectApiName];
    const link = {
      label: first,
      fieldName: 'address',
      type: 'url',
      typeAttributes: { label: { fieldName: first }, target: '_self' },
    };
    return [link, ...others.map((fieldName) => ({ label: fieldName, fieldName }))];
  }

  get connection() {
    return this.answer.data?.uiapi.query[this.objectApiName];
  }

  get rows() {
    return (this.connection?.edges ?? []).map(({ node }) => ({
      id: node.Id,
      // A whole address: links of base components take others for names of hosts.
      address: new URL(`#/r/${this.objectApiName}/${node.Id}`, window.location.href).href,
      ...Object.fromEntries(COLUMNS[this.objectApiName].map((name) => [name, textOf(node[name])])),
    }));
  }

  get count() {
    return this.connection ? `${this.rows.length} of ${this.connection.totalCount}` : '';
  }

  get problem() {
    return this.answer.errors?.map(({ message }) => message).join(' ');
  }

  get hasNoSelection() {
    return this.selected.length === 0;
  }

  get hideCheckboxes() {
    return !this.button;
  }

  get panel() {
    const [{ name, inputs }] = this.screen.components;
    const properties = Object.entries(inputs).filter(([, variable]) => variable === 'ids');
    return { name, properties: Object.fromEntries(properties.map(([input]) => [input, this.selected])) };
  }

  select(event) {
    this.selected = event.detail.selectedRows.map(({ id }) => id);
  }

  start() {
    this.isOpen = true;
  }

  async close() {
    this.isOpen = false;
    await this.answer.refresh?.();
  }
}
