/** Findings of the sharing review: what they open and by which way, and what people propose to do with them. */
import { LightningElement, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { graphql } from 'lightning/graphql';
import decide from '@salesforce/apex/SharingReviewController.decide';
import mayUse from '@salesforce/customPermission/Channel_Desk_Review_Sharing';
import { errorText, fill, hiddenFields, hiddenText } from 'c/desk';
import { LABELS } from './labels';
import { countsOf, countsQuery, findingsQuery, OPTIONAL } from './queries';
import { choicesOf, DECISIONS, findingOf, REOPEN, waysOf } from './shapes';

/** Findings of one page. */
const PAGE = 50;

export default class SharingReview extends LightningElement {
  labels = LABELS;
  mayLook = Boolean(mayUse);
  isLoading = Boolean(mayUse);
  problem;
  state = 'open';
  /** What is chosen of severities, kinds and objects; empty for all. */
  chosen = { severity: '', kind: '', object: '' };
  counts;
  findings;
  /** Fields that the user may not see, in words. */
  hidden;
  uncountable;
  total = 0;
  hasMore = false;
  /** Where each page before this one ended; the first has no beginning. */
  starts = [null];
  /** The finding that is looked at, and what is said about it. */
  finding;
  decision;
  reason = '';
  isBusy = false;
  /** Decisions made here. An answer that was kept from before the last one is asked for again. */
  changes = 0;
  seen = new Map();

  get query() {
    return mayUse ? findingsQuery(this.state, this.filtered) : undefined;
  }

  get filtered() {
    return Object.keys(this.chosen).filter((name) => this.chosen[name]);
  }

  get variables() {
    const chosen = Object.fromEntries(this.filtered.map((name) => [name, this.chosen[name]]));
    return { ...chosen, first: PAGE, after: this.starts[this.starts.length - 1] };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  findingsArrived({ data, errors, refresh }) {
    this.refreshFindings = refresh ?? this.refreshFindings;
    if (errors) this.fail(errors);
    if (!data) return;
    const { edges, pageInfo, totalCount } = data.uiapi.query.Sharing_Finding__c;
    // The last findings of the last page went elsewhere by a decision.
    if (edges.length === 0 && this.hasBefore) {
      this.turn(this.starts.slice(0, -1));
      return;
    }
    this.isLoading = false;
    this.problem = undefined;
    this.findings = edges.map(findingOf);
    this.hidden = hiddenText(edges, OPTIONAL);
    // The same list stays the same question.
    if (edges.length > 0) this.uncountable = hiddenFields(edges, OPTIONAL);
    this.total = totalCount;
    this.hasMore = pageInfo.hasNextPage;
    this.endCursor = pageInfo.endCursor;
    this.renew(this.findingsKey, refresh);
  }

  /** Asked once it is known what can be counted. */
  get countsQuery() {
    return this.uncountable ? countsQuery(this.state, this.uncountable) : undefined;
  }

  countsVariables = {};

  /** Filters without counts still filter, so that a failure here keeps nobody from the findings. */
  @wire(graphql, { query: '$countsQuery', variables: '$countsVariables' })
  countsArrived({ data, refresh }) {
    this.refreshCounts = refresh ?? this.refreshCounts;
    if (!data) return;
    this.counts = countsOf(data);
    this.renew(this.countsQuery, refresh);
  }

  get findingsKey() {
    return `${this.query} ${JSON.stringify(this.variables)}`;
  }

  renew(key, refresh) {
    const before = this.seen.get(key) ?? 0;
    this.seen.set(key, this.changes);
    if (before < this.changes) refresh?.();
  }

  get words() {
    if (!mayUse) return fill(LABELS.NOT_FOR_YOU, 'Channel Manager');
    if (this.isLoading || this.problem) return undefined;
    if (this.findings?.length !== 0) return this.hidden;
    return this.state === 'open' && this.filtered.length === 0 ? LABELS.NONE : LABELS.NONE_SUCH;
  }

  get hasFindings() {
    return !this.isLoading && this.findings?.length > 0;
  }

  get filters() {
    const states = [
      { value: 'open', label: LABELS.OPEN },
      { value: 'decided', label: LABELS.DECIDED },
      { value: 'gone', label: LABELS.GONE },
    ];
    const filter = (name, label) => ({
      ...{ name, label, value: this.chosen[name] },
      options: choicesOf(name, this.counts, this.chosen[name]),
    });
    return [
      { name: 'state', label: LABELS.WHICH, value: this.state, options: states },
      filter('severity', LABELS.SEVERITY),
      filter('kind', LABELS.KIND),
      filter('object', LABELS.OBJECT),
    ];
  }

  get columns() {
    return [
      { name: 'source', label: LABELS.SOURCE, action: true },
      { name: 'severity', label: LABELS.SEVERITY },
      { name: 'kind', label: LABELS.KIND },
      { name: 'object', label: LABELS.OBJECT },
      { name: 'records', label: LABELS.RECORDS },
      { name: 'decided', label: LABELS.DECISION },
    ];
  }

  get count() {
    const before = (this.starts.length - 1) * PAGE;
    return fill(LABELS.COUNT, before + 1, before + this.findings.length, this.total);
  }

  get hasBefore() {
    return this.starts.length > 1;
  }

  choose({ currentTarget, detail }) {
    const { name } = currentTarget.dataset;
    if (name === 'state') this.state = detail.value;
    else this.chosen = { ...this.chosen, [name]: detail.value };
    this.turn([null]);
  }

  more() {
    this.turn([...this.starts, this.endCursor]);
    this.refs.title?.focus();
  }

  before() {
    this.turn(this.starts.slice(0, -1));
    this.refs.title?.focus();
  }

  turn(starts) {
    this.starts = starts;
    this.findings = undefined;
    this.problem = undefined;
    this.isLoading = true;
  }

  async refresh() {
    this.problem = undefined;
    this.isLoading = true;
    [this.findingsKey, this.countsQuery].forEach((key) => this.seen.set(key, this.changes));
    await Promise.all([this.refreshFindings?.(), this.refreshCounts?.()]);
    this.isLoading = false;
  }

  fail(error) {
    this.isLoading = false;
    this.problem = errorText(error);
  }

  get facts() {
    const { severity, kind, object, records, reason, findingKey, isGone } = this.finding;
    const facts = [
      { name: LABELS.SEVERITY, text: severity },
      { name: LABELS.KIND, text: kind },
      { name: LABELS.OBJECT, text: object },
      { name: LABELS.RECORDS, text: records },
      { name: LABELS.KEY, text: findingKey },
    ];
    // Elsewhere it stands in its field.
    return reason && isGone ? [...facts, { name: LABELS.REASON, text: reason }] : facts;
  }

  get ways() {
    return waysOf(this.finding);
  }

  get mayDecide() {
    return !this.undecidable;
  }

  /** Why nothing can be decided, in words. Who does not see the reason would write over it. */
  get undecidable() {
    if (this.finding.isGone) return LABELS.IS_GONE;
    return this.finding.isReasonHidden ? LABELS.REASON_HIDDEN : undefined;
  }

  get decisions() {
    return this.finding.decision ? [...DECISIONS, REOPEN] : DECISIONS;
  }

  get leaveLabel() {
    return this.mayDecide ? LABELS.CANCEL : LABELS.CLOSE;
  }

  look({ detail }) {
    this.finding = this.findings.find(({ key }) => key === detail);
    this.decision = this.finding.decision;
    this.reason = this.finding.reason;
  }

  leave() {
    this.finding = undefined;
  }

  decided(event) {
    this.decision = event.detail.value;
  }

  explained(event) {
    this.reason = event.detail.value;
  }

  save() {
    const { decision: choice, reason: why } = this.refs;
    // Only here: a message that comes as somebody leaves a field moves the button away from under the pointer.
    choice.setCustomValidity(this.decision ? '' : LABELS.CHOOSE);
    why.setCustomValidity(this.decision === 'keep' && !this.reason.trim() ? LABELS.REASON_NEEDED : '');
    const lacking = [choice, why].filter((one) => !one.reportValidity());
    lacking[0]?.focus();
    return lacking.length > 0 || this.isBusy ? undefined : this.change();
  }

  /** A refusal leaves the question open, with what was written. */
  async change() {
    const { key: findingId } = this.finding;
    const { decision, reason } = this;
    this.isBusy = true;
    try {
      await decide({ findingId, decision, reason });
      const { label } = [...DECISIONS, REOPEN].find(({ value }) => value === decision);
      this.changes += 1;
      this.leave();
      this.say({ title: fill(LABELS.SAVED, label), variant: 'success' });
      await this.refresh();
      this.refs.title?.focus();
    } catch (error) {
      this.say({ title: errorText(error), variant: 'error', mode: 'sticky' });
    }
    this.isBusy = false;
  }

  say(toast) {
    this.dispatchEvent(new ShowToastEvent(toast));
  }
}
