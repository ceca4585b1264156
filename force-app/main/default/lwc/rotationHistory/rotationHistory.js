/** Who got what from a rotation, the newest first, and why: any number of gifts, read by pages. */
import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import ownerNames from '@salesforce/apex/RotationBoardController.ownerNames';
import HISTORY_TITLE from '@salesforce/label/c.Channel_Desk_Board_History';
import NONE_GIVEN from '@salesforce/label/c.Channel_Desk_Board_None_Given';
import NONE_FOUND from '@salesforce/label/c.Channel_Desk_Board_None_Found';
import SOMEBODY from '@salesforce/label/c.Channel_Desk_Board_Somebody';
import FIND from '@salesforce/label/c.Channel_Desk_Board_Find';
import COUNT from '@salesforce/label/c.Channel_Desk_Board_Count';
import LEAD from '@salesforce/label/c.Channel_Desk_Lead';
import MEMBER from '@salesforce/label/c.Channel_Desk_Board_Member';
import OUTCOME from '@salesforce/label/c.Channel_Desk_Board_Outcome';
import WHEN from '@salesforce/label/c.Channel_Desk_Board_When';
import WHY from '@salesforce/label/c.Channel_Desk_Board_Why';
import CLOSE from '@salesforce/label/c.Channel_Desk_Close';
import { errorText, fill, hiddenText, numberWriter } from 'c/desk';
import { HISTORY, HISTORY_BY_NAME } from './queries';
import { historyRows, rowsOf, unnamed, withPage } from './shapes';

/** Gifts of one page. */
const PAGE = 500;

/** Milliseconds without a key after which a name is looked for. */
const PAUSE = 300;

const plain = numberWriter();

/** What a gift can be told without. */
const OPTIONAL = { Lead__r: LEAD, Owner_After__c: MEMBER, Outcome__c: OUTCOME, Reason__c: WHY };

export default class RotationHistory extends LightningElement {
  labels = { HISTORY_TITLE, FIND, CLOSE };
  columns = [
    { name: 'name', label: LEAD },
    { name: 'owner', label: MEMBER },
    { name: 'outcome', label: OUTCOME },
    { name: 'when', label: WHEN },
    { name: 'why', label: WHY, action: true },
  ];
  wanted = '';
  isLoading = true;
  /** Rows of each page, by where the one before it ended. */
  pages = new Map();
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
  /** Names of owners, by their ids. */
  names = new Map();
  rotation;
  /** How often something was given since. A page that was kept from before the last time is asked for again. */
  changes = 0;
  seen = new Map();

  disconnectedCallback() {
    clearTimeout(this.typing);
  }

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
    this.learn(members.map(({ ownerId, name }) => [ownerId, name]));
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
    if (errors) this.fail(errors);
    if (!data) return;
    const { edges, pageInfo, totalCount } = data.uiapi.query.Lead_Assignment__c;
    this.isLoading = false;
    this.problem = undefined;
    this.hidden = hiddenText(edges, OPTIONAL) ?? this.hidden;
    const page = historyRows(edges);
    const isNext = Boolean(this.after) && !this.pages.has(this.after);
    if (!this.after) this.pages.clear();
    this.pages.set(this.after, page);
    this.rows = isNext ? withPage(this.rows, page, this.names) : rowsOf(this.pages.values(), this.names);
    this.total = totalCount;
    this.endCursor = pageInfo.endCursor;
    this.hasMore = pageInfo.hasNextPage;
    this.ask(page);
    this.renew(refresh);
  }

  /** Lightning Data Service answers what it was asked before from what it has kept. */
  renew(refresh) {
    const key = JSON.stringify(this.variables);
    const before = this.seen.get(key) ?? 0;
    this.seen.set(key, this.changes);
    if (before < this.changes) refresh?.();
  }

  learn(names) {
    this.names = new Map([...this.names, ...names]);
    this.rows = rowsOf(this.pages.values(), this.names);
  }

  /** Owners that are no members: partners who accepted, to whom a lead went back, members that were. Asked for once. */
  async ask(page) {
    const ownerIds = unnamed(page, this.names);
    if (ownerIds.length === 0) return;
    this.learn(ownerIds.map((id) => [id, '']));
    // Who is gone, or cannot be asked for, is somebody else.
    const found = await ownerNames({ ownerIds }).catch(() => ({}));
    this.learn(ownerIds.map((id) => [id, found[id] ?? SOMEBODY]));
  }

  get hasRows() {
    return this.rows.length > 0;
  }

  get words() {
    if (this.isLoading || this.problem || this.hasRows) return this.hidden;
    return this.wanted ? NONE_FOUND : NONE_GIVEN;
  }

  get count() {
    return this.hasRows ? `(${fill(COUNT, plain(this.rows.length), plain(this.total))})` : '';
  }

  /** Reads the newest gifts again. What is shown stays until they are there. */
  @api
  async refresh() {
    this.changes += 1;
    if (this.after) {
      this.after = undefined;
      return;
    }
    this.seen.set(JSON.stringify(this.variables), this.changes);
    await this.askAgain();
  }

  restart(wanted) {
    this.wanted = wanted;
    this.after = undefined;
    this.pages.clear();
    this.rows = [];
    this.problem = undefined;
    this.isLoading = true;
  }

  async retry() {
    this.isLoading = true;
    await this.askAgain();
    this.isLoading = false;
  }

  async askAgain() {
    try {
      await this.again?.();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    this.isLoading = false;
    this.problem = errorText(error);
  }

  find(event) {
    const wanted = event.detail.value ?? '';
    clearTimeout(this.typing);
    // The org is not asked for each letter, nor for what is there.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.typing = setTimeout(() => wanted !== this.wanted && this.restart(wanted), PAUSE);
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
