/** The directory of partner accounts: whose they are, who can take leads, and what they have done of late. */
import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import find from '@salesforce/apex/PartnerDirectoryController.find';
import people from '@salesforce/apex/PartnerDirectoryController.people';
import mayUse from '@salesforce/customPermission/Channel_Desk_Manage';
import { errorText, fill } from 'c/desk';
import { LABELS } from './labels';
import { partnerRow } from './shapes';

/** Milliseconds without a key after which a name is looked for. */
const PAUSE = 300;

const recordPage = (recordId) => ({
  type: 'standard__recordPage',
  attributes: { recordId, objectApiName: 'Account', actionName: 'view' },
});

export default class PartnerDirectory extends NavigationMixin(LightningElement) {
  labels = LABELS;
  isLoading = false;
  problem;
  search = '';
  whose = 'all';
  total = 0;
  partners;
  /** The last account of each page before the one that is shown. */
  ends = [];
  /** The same of the page that was asked for last. */
  wantedEnds = [];
  hasMore = false;
  leadsHidden = false;
  /** People of accounts that are opened, by account. */
  open = {};
  urls = {};
  call = 0;

  connectedCallback() {
    if (mayUse) this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  get words() {
    if (!mayUse) return fill(LABELS.NOT_FOR_YOU, 'Channel Manager');
    if (this.partners?.length !== 0) return undefined;
    return this.search || this.whose === 'mine' ? LABELS.NONE : LABELS.NONE_YET;
  }

  get mayLook() {
    return Boolean(mayUse);
  }

  get choices() {
    return [
      { value: 'all', label: LABELS.ALL },
      { value: 'mine', label: LABELS.MINE },
    ];
  }

  get hasPartners() {
    return this.partners?.length > 0;
  }

  get rows() {
    return this.partners.map((one) =>
      partnerRow(one, {
        ...{ url: this.urls[one.accountId], open: this.open[one.accountId] },
        leadsHidden: this.leadsHidden,
      })
    );
  }

  get hasBefore() {
    return this.ends.length > 0;
  }

  get count() {
    const before = this.ends.reduce((sum, { size }) => sum + size, 0);
    return this.hasPartners ? fill(LABELS.COUNT, before + 1, before + this.partners.length, this.total) : undefined;
  }

  typed(event) {
    const { value } = event.detail;
    clearTimeout(this.waiting);
    // The org is not asked for each letter.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.waiting = setTimeout(() => this.restart({ search: value }), PAUSE);
  }

  chosen(event) {
    return this.restart({ whose: event.detail.value });
  }

  restart(wanted) {
    Object.assign(this, wanted);
    this.wantedEnds = [];
    return this.load();
  }

  more() {
    const { name, accountId } = this.partners[this.partners.length - 1];
    return this.turn([...this.ends, { name, accountId, size: this.partners.length }]);
  }

  before() {
    return this.turn(this.ends.slice(0, -1));
  }

  /** One page at a time: who clicks twice means the page that is on its way already. */
  async turn(ends) {
    if (this.isLoading) return;
    this.wantedEnds = ends;
    await this.load();
    this.refs.title?.focus();
  }

  async load() {
    this.call += 1;
    const { call, search, whose, wantedEnds } = this;
    const end = wantedEnds[wantedEnds.length - 1];
    this.isLoading = true;
    this.problem = undefined;
    try {
      const wanted = { search, mine: whose === 'mine', afterName: end?.name ?? null, afterId: end?.accountId ?? null };
      const page = await find(wanted);
      // Who types goes on meanwhile: the answer to what was wanted last is shown.
      if (call !== this.call) return;
      this.ends = wantedEnds;
      this.show(page);
    } catch (error) {
      if (call !== this.call) return;
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  show({ partners, hasMore, total, leadsHidden }) {
    this.partners = partners;
    this.hasMore = hasMore;
    this.leadsHidden = leadsHidden;
    this.total = total ?? this.total;
    this.open = {};
    partners.forEach(async ({ accountId }) => {
      const url = await this[NavigationMixin.GenerateUrl](recordPage(accountId));
      this.urls = { ...this.urls, [accountId]: url };
    });
  }

  visit(event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](recordPage(event.currentTarget.dataset.id));
  }

  toggle(event) {
    const { id } = event.currentTarget.dataset;
    if (!this.open[id]) return this.showPeople(id);
    this.open = Object.fromEntries(Object.entries(this.open).filter(([accountId]) => accountId !== id));
    return undefined;
  }

  again(event) {
    return this.showPeople(event.currentTarget.dataset.id);
  }

  async showPeople(accountId) {
    this.open = { ...this.open, [accountId]: { isLoading: true } };
    let shown;
    try {
      shown = await people({ accountId });
    } catch (error) {
      shown = { problem: errorText(error) };
    }
    if (this.open[accountId]) this.open = { ...this.open, [accountId]: shown };
  }
}
