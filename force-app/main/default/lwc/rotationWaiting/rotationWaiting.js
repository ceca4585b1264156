/** Leads that wait for a rotation, 200 at a time: who would get each, and then the gift. */
import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import waiting from '@salesforce/apex/RotationBoardController.waiting';
import preview from '@salesforce/apex/RotationBoardController.preview';
import distribute from '@salesforce/apex/RotationBoardController.distribute';
import { errorText, fill, numberWriter } from 'c/desk';
import { LABELS } from './labels';

const plain = numberWriter();

const COLUMNS = [
  { name: 'name', label: LABELS.LEAD },
  { name: 'company', label: LABELS.COMPANY },
  { name: 'ownerName', label: LABELS.WAITS_IN },
];
const OUTCOME_COLUMNS = [
  { name: 'would', label: LABELS.WOULD },
  { name: 'why', label: LABELS.WHY, action: true },
];

/** Rows of leads, with where they would go once that is known. */
const rowsOf = (leads, given) =>
  leads.map(({ leadId, name, company, ownerName }) => {
    const outcome = given?.get(leadId);
    return {
      ...{ key: leadId, name, company, ownerName },
      would: outcome && (outcome.moved ? outcome.ownerName : LABELS.STAYS),
      why: outcome?.reason,
      // Who speaks to the page says what is written on the button.
      actionName: `${LABELS.WHY}: ${name}: ${outcome?.reason}`,
    };
  });

export default class RotationWaiting extends LightningElement {
  labels = LABELS;
  key;
  /** Whether the board is at work on something else. */
  @api busy = false;
  isLoading = false;
  isWorking = false;
  problem;
  /** Why the leads of this rotation cannot be told. */
  refusal;
  leads;
  total = 0;
  hasMore = false;
  /** The last lead of each page before this one, and how many were there. */
  ends = [];
  /** What a preview has said, by lead. */
  given;
  explained;
  call = 0;

  /** Key of the rotation; another one begins anew. */
  @api
  get rotationKey() {
    return this.key;
  }

  set rotationKey(key) {
    this.key = key;
    this.leads = undefined;
    this.ends = [];
    this.load();
  }

  /** Reads the leads again. What was previewed counts no more. */
  @api
  refresh() {
    return this.load();
  }

  get hasLeads() {
    return this.leads?.length > 0;
  }

  get words() {
    return this.leads?.length === 0 ? (this.refusal ?? LABELS.NONE_WAITING) : undefined;
  }

  get rows() {
    return rowsOf(this.leads, this.given);
  }

  get columns() {
    return this.given ? [...COLUMNS, ...OUTCOME_COLUMNS] : COLUMNS;
  }

  get hasBefore() {
    return this.ends.length > 0;
  }

  get count() {
    const first = this.ends.reduce((sum, { size }) => sum + size, 1);
    const last = first + this.leads.length - 1;
    // Leads come and go while somebody turns the pages.
    return fill(LABELS.COUNT, plain(first), plain(last), plain(Math.max(last, this.total)));
  }

  /** There is nothing to look at meanwhile. */
  get isBlank() {
    return this.isLoading && !this.leads;
  }

  get distributeLabel() {
    return fill(LABELS.DISTRIBUTE, this.leads.length);
  }

  get isBusy() {
    return this.busy || this.isWorking || this.isLoading;
  }

  /** Nothing is given that was not previewed. */
  get cannotGive() {
    return this.isBusy || !this.given;
  }

  async load() {
    this.call += 1;
    const { call, key: rotationKey, ends } = this;
    this.given = undefined;
    this.problem = undefined;
    this.isLoading = true;
    try {
      const page = await waiting({ rotationKey, afterId: ends[ends.length - 1]?.leadId ?? null });
      if (call !== this.call) return;
      this.show(page);
    } catch (error) {
      if (call !== this.call) return;
      this.leads = undefined;
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  show({ leads, total, hasMore, refusal }) {
    // The last of the last page were given away.
    if (leads.length === 0 && this.hasBefore) {
      this.ends = [];
      this.load();
      return;
    }
    this.leads = leads;
    this.total = total;
    this.hasMore = hasMore;
    this.refusal = refusal;
  }

  more() {
    const { leads } = this;
    return this.turn([...this.ends, { leadId: leads[leads.length - 1].leadId, size: leads.length }]);
  }

  back() {
    return this.turn(this.ends.slice(0, -1));
  }

  async turn(ends) {
    if (this.isBusy) return;
    this.ends = ends;
    await this.load();
    this.refs.title?.focus();
  }

  async previewAll() {
    const { call, key: rotationKey, leads } = this;
    this.work(true);
    try {
      const given = await preview({ rotationKey, leadIds: leads.map(({ leadId }) => leadId) });
      // An answer about leads that are shown no more allows nothing.
      if (call === this.call) this.given = new Map(given.map((one) => [one.leadId, one]));
    } catch (error) {
      this.fail(error);
    }
    this.work(false);
  }

  /** What has become of the leads is said before anything is read again, which may fail. */
  async distributeAll() {
    const { key: rotationKey } = this;
    const leadIds = [...this.given.keys()];
    this.work(true);
    try {
      const given = await distribute({ rotationKey, leadIds });
      const moved = given.filter((one) => one.moved).length;
      this.say({ title: fill(LABELS.DONE, moved, given.length - moved), variant: 'success' });
    } catch (error) {
      this.fail(error);
    }
    this.dispatchEvent(new CustomEvent('given'));
    await this.load();
    this.work(false);
    this.refs.title?.focus();
  }

  work(isWorking) {
    this.isWorking = isWorking;
    this.dispatchEvent(new CustomEvent('work', { detail: isWorking }));
  }

  explain({ detail }) {
    this.explained = this.rows.find(({ key }) => key === detail);
  }

  leave() {
    this.explained = undefined;
  }

  fail(error) {
    this.say({ title: errorText(error), variant: 'error', mode: 'sticky' });
  }

  say(toast) {
    this.dispatchEvent(new ShowToastEvent(toast));
  }
}
