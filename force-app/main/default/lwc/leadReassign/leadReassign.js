/** Gives a lead, or those selected in a list, to a partner user or a queue: choose, review, run, results. */
import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { FlowNavigationFinishEvent } from 'lightning/flowSupport';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import owners from '@salesforce/apex/LeadReassignController.owners';
import mayUse from '@salesforce/customPermission/Channel_Desk_Distribute';
import { errorText, fill } from 'c/desk';
import { LABELS } from './labels.js';
import { countsOf, factsOf, giveTo, planOf } from './work.js';

/** Milliseconds without a key before the org is asked. */
const PAUSE = 300;

const COLUMNS = [
  { name: 'name', label: LABELS.LEAD },
  { name: 'company', label: LABELS.COMPANY },
  { name: 'result', label: LABELS.RESULT },
];

const lines = (counts) => counts.map((one) => ({ ...one, text: fill(LABELS.LEFT_OUT_ROW, one.count, one.reason) }));

export default class LeadReassign extends LightningElement {
  labels = LABELS;
  columns = COLUMNS;
  /** `choose`, `review`, `run` or `done`. */
  step = 'choose';
  isLoading = false;
  problem;
  leads;
  found;
  search = '';
  showsOthers = false;
  owner;
  notify = false;
  answered = 0;
  total = 0;
  results = [];

  /** Lead of the quick action. Lightning sets it after the component is in the page. */
  @api
  get recordId() {
    return this.ownId;
  }
  set recordId(id) {
    this.ownId = id;
    if (id) this.take([id]);
  }

  /** Leads of the list, from the flow. */
  @api
  get leadIds() {
    return this.ids;
  }
  set leadIds(ids) {
    this.take(ids ?? []);
  }

  disconnectedCallback() {
    this.isLeft = true;
    clearTimeout(this.timer);
  }

  renderedCallback() {
    if (this.stepShown === this.step || !this.refs.title) return;
    // The first place of the focus is the panel's; later steps begin at their heading.
    if (this.stepShown) this.refs.title.focus();
    this.stepShown = this.step;
  }

  take(ids) {
    this.ids = ids;
    this.load();
  }

  async load() {
    if (!mayUse || this.ids.length === 0) return;
    this.isLoading = true;
    this.problem = undefined;
    try {
      const [leads, found] = await Promise.all([factsOf(this.ids), owners({ search: this.search })]);
      Object.assign(this, { leads, found });
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  get words() {
    if (!mayUse) return fill(LABELS.NOT_FOR_YOU, 'Channel Manager');
    return this.ids?.length === 0 ? LABELS.NO_LEADS : undefined;
  }

  get selected() {
    return fill(LABELS.SELECTED, this.leads.length);
  }

  get isChoosing() {
    return this.step === 'choose' && Boolean(this.leads);
  }

  get isReviewing() {
    return this.step === 'review';
  }

  get isRunning() {
    return this.step === 'run';
  }

  get isDone() {
    return this.step === 'done';
  }

  get eligible() {
    return this.found.owners
      .filter(({ eligible }) => eligible !== 'no')
      .map((one) => ({
        ...one,
        detail: one.username ?? LABELS.QUEUE,
        isChosen: one.ownerId === this.owner?.ownerId,
        doubt: one.eligible === 'unknown' ? one.reason : undefined,
      }));
  }

  get others() {
    return this.found.owners
      .filter(({ eligible }) => eligible === 'no')
      .map((one) => ({ ...one, fixText: one.fix && fill(LABELS.FIX, one.fix) }));
  }

  get hasNone() {
    return this.eligible.length === 0;
  }

  get othersButton() {
    const { length } = this.others;
    return length > 0 && !this.showsOthers ? fill(LABELS.SHOW_OTHERS, length) : undefined;
  }

  get hasNoOwner() {
    return !this.owner;
  }

  get plan() {
    return planOf(this.leads, this.owner.ownerId);
  }

  get question() {
    const { going } = this.plan;
    return going.length > 0
      ? fill(LABELS.QUESTION, going.length, this.owner.name)
      : fill(LABELS.NOTHING, this.owner.name);
  }

  get left() {
    return lines(this.plan.left);
  }

  get hasLeft() {
    return this.left.length > 0;
  }

  get cannotGo() {
    return this.plan.going.length === 0;
  }

  get goLabel() {
    return fill(LABELS.GO, this.plan.going.length);
  }

  get mails() {
    if (!this.notify) return LABELS.MAILS_NONE;
    const { length } = this.plan.going;
    return fill(this.owner.mailsKnown ? LABELS.MAILS : LABELS.MAILS_UNKNOWN, length);
  }

  get running() {
    return fill(LABELS.RUNNING, this.answered, this.total);
  }

  get percent() {
    return Math.round((100 * this.answered) / this.total);
  }

  get done() {
    const { length } = this.results.filter(({ isDone }) => isDone);
    return fill(LABELS.DONE, length, this.owner.name, this.results.length - length);
  }

  get failures() {
    return lines(countsOf(this.results.filter(({ isDone }) => !isDone).map(({ message }) => message)));
  }

  /** Those that are not done come first. */
  get rows() {
    return [...this.results]
      .sort((a, b) => Number(a.isDone) - Number(b.isDone))
      .map(({ leadId, name, company, isDone, message }) => ({
        ...{ key: leadId, name, company },
        result: isDone ? LABELS.IS_DONE : message,
      }));
  }

  get passing() {
    return this.results.filter(({ mayRetry }) => mayRetry);
  }

  get retryLabel() {
    const { length } = this.passing;
    return length > 0 ? fill(LABELS.RETRY, length) : undefined;
  }

  typed(event) {
    this.search = event.detail.value;
    clearTimeout(this.timer);
    // The org is not asked for each letter.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.timer = setTimeout(() => this.find(), PAUSE);
  }

  async find() {
    const { search } = this;
    try {
      const found = await owners({ search });
      // An answer to what was typed before is late, and one that comes after the choice changes nothing.
      if (search !== this.search || this.step !== 'choose') return;
      const owner = found.owners.find(({ ownerId }) => ownerId === this.owner?.ownerId);
      Object.assign(this, { found, problem: undefined, owner });
    } catch (error) {
      if (search === this.search && this.step === 'choose') this.problem = errorText(error);
    }
  }

  chosen({ target }) {
    this.owner = this.found.owners.find(({ ownerId }) => ownerId === target.value);
  }

  reveal() {
    this.showsOthers = true;
  }

  ticked({ target }) {
    this.notify = target.checked;
  }

  review() {
    clearTimeout(this.timer);
    this.step = 'review';
  }

  back() {
    this.step = 'choose';
  }

  go() {
    return this.run(this.plan.going, []);
  }

  /** What was locked is tried again; the other results stay. */
  retry() {
    const kept = this.results.filter(({ mayRetry }) => !mayRetry);
    return this.run(this.passing, kept);
  }

  async run(leads, kept) {
    Object.assign(this, { step: 'run', answered: 0, total: leads.length });
    const progress = (count) => (this.answered = count);
    const results = await giveTo(leads, this.owner.ownerId, this.notify, progress, () => this.isLeft);
    this.results = [...kept, ...results];
    this.step = 'done';
    if (this.ownId) notifyRecordUpdateAvailable([{ recordId: this.ownId }]);
  }

  finish() {
    this.dispatchEvent(this.ownId ? new CloseActionScreenEvent() : new FlowNavigationFinishEvent());
  }
}
