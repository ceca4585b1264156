/** Who got what from a rotation, the newest first, and why: any number of gifts, read by pages. */
import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import HISTORY_TITLE from '@salesforce/label/c.Channel_Desk_Board_History';
import NONE_GIVEN from '@salesforce/label/c.Channel_Desk_Board_None_Given';
import FIND from '@salesforce/label/c.Channel_Desk_Board_Find';
import COUNT from '@salesforce/label/c.Channel_Desk_Board_Count';
import LEAD from '@salesforce/label/c.Channel_Desk_Lead';
import MEMBER from '@salesforce/label/c.Channel_Desk_Board_Member';
import OUTCOME from '@salesforce/label/c.Channel_Desk_Board_Outcome';
import WHEN from '@salesforce/label/c.Channel_Desk_Board_When';
import WHY from '@salesforce/label/c.Channel_Desk_Board_Why';
import CLOSE from '@salesforce/label/c.Channel_Desk_Close';
import { errorText, fill, hiddenText } from 'c/desk';
import { HISTORY, HISTORY_BY_NAME } from './queries';
import { historyRows, named } from './shapes';

/** Gifts of one page. */
const PAGE = 500;

/** What a gift can be told without. */
const OPTIONAL = { Lead__r: LEAD, Owner_After__c: MEMBER, Outcome__c: OUTCOME, Reason__c: WHY };

export default class RotationHistory extends LightningElement {
  labels = { HISTORY_TITLE, NONE_GIVEN, FIND, CLOSE };
  columns = [
    { name: 'name', label: LEAD },
    { name: 'owner', label: MEMBER },
    { name: 'outcome', label: OUTCOME },
    { name: 'when', label: WHEN },
    { name: 'why', label: WHY, action: true },
  ];
  wanted = '';
  rows = [];
  total = 0;
  after;
  hasMore = false;
  problem;
  /** Fields that the user may not see, in words. */
  hidden;
  /** Gift whose reason is shown in full. */
  explained;
  people = [];
  names = new Map();
  rotation;

  /** Id of the rotation; another one begins anew. */
  @api
  get rotationId() {
    return this.rotation;
  }

  set rotationId(id) {
    this.rotation = id;
    this.restart('');
  }

  /** Members, by whose names the owners are told. Gifts that came before them are told by name from now on. */
  @api
  get members() {
    return this.people;
  }

  set members(members) {
    this.people = members;
    this.names = new Map(members.map(({ ownerId, name }) => [ownerId, name]));
    this.rows = named(this.rows, this.names);
  }

  get query() {
    return this.wanted ? HISTORY_BY_NAME : HISTORY;
  }

  /** The name is looked for anywhere in the lead's name; signs that stand for others stand for themselves. */
  get variables() {
    const page = { rotation: this.rotation, first: PAGE, after: this.after ?? null };
    return this.wanted ? { ...page, name: `%${this.wanted.replace(/[\\%_]/g, '\\$&')}%` } : page;
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  arrived({ data, errors, refresh }) {
    this.again = refresh ?? this.again;
    this.problem = errors ? errorText(errors) : undefined;
    if (!data) return;
    const { edges, pageInfo, totalCount } = data.uiapi.query.Lead_Assignment__c;
    this.hidden = hiddenText(edges, OPTIONAL) ?? this.hidden;
    const page = historyRows(edges, this.names);
    this.rows = this.after ? [...this.rows, ...page] : page;
    this.total = totalCount;
    this.endCursor = pageInfo.endCursor;
    this.hasMore = pageInfo.hasNextPage;
  }

  get hasRows() {
    return this.rows.length > 0;
  }

  get isEmpty() {
    return !this.hasRows && !this.problem;
  }

  get count() {
    return this.hasRows ? `(${fill(COUNT, this.rows.length, this.total)})` : '';
  }

  /** Reads the newest gifts again. */
  @api
  async refresh() {
    const isFirst = this.after === undefined;
    this.restart(this.wanted);
    if (isFirst) await this.again?.();
  }

  restart(wanted) {
    this.wanted = wanted;
    this.after = undefined;
    this.rows = [];
  }

  retry() {
    return this.again?.();
  }

  find(event) {
    this.restart(event.detail.value ?? '');
  }

  more() {
    this.after = this.endCursor;
  }

  explain({ detail }) {
    this.explained = this.rows.find(({ key }) => key === detail);
  }

  leave() {
    this.explained = undefined;
  }
}
