/** The channel at a glance, and what needs attention with the page that mends it. */
import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import status from '@salesforce/apex/ChannelHomeController.status';
import readiness from '@salesforce/apex/ChannelHomeController.readiness';
import mayUse from '@salesforce/customPermission/Channel_Desk_Manage';
import { errorText, fill } from 'c/desk';
import { LABELS } from './labels';
import { attentionOf, figuresOf, NOBODY, plotOf, runRows, siteRows, sumOf } from './shapes';

const pageOf = ({ apiName, objectApiName }) => {
  if (apiName) return { type: 'standard__navItemPage', attributes: { apiName } };
  return { type: 'standard__objectPage', attributes: { objectApiName, actionName: 'list' } };
};

export default class ChannelHome extends NavigationMixin(LightningElement) {
  labels = LABELS;
  isLoading = false;
  problem;
  status;
  ready = NOBODY;
  /** All users are judged; before that there are some at least. */
  isCounted = false;

  connectedCallback() {
    if (mayUse) this.load();
  }

  disconnectedCallback() {
    this.isGone = true;
  }

  get words() {
    return mayUse ? undefined : fill(LABELS.NOT_FOR_YOU, 'Channel Manager');
  }

  get figures() {
    return figuresOf(this.status, this.ready);
  }

  get attention() {
    return attentionOf(this.status, this.ready);
  }

  /** What is said where nothing needs attention; what is hidden may need it. */
  get well() {
    if (!this.isCounted || this.attention.length > 0) return undefined;
    return this.figures.every(({ isFigure }) => isFigure) && this.status.runs ? LABELS.ALL_WELL : LABELS.WELL_SEEN;
  }

  get plot() {
    return plotOf(this.ready);
  }

  get hasUsers() {
    return this.ready.able + this.ready.unable + this.ready.unknown > 0;
  }

  get checked() {
    const { able, unable, unknown } = this.ready;
    return this.isCounted ? undefined : fill(LABELS.CHECKED, able + unable + unknown);
  }

  get runs() {
    return runRows(this.status.runs ?? []);
  }

  get runsWords() {
    if (!this.status.runs) return LABELS.NOT_SEEN;
    return this.status.runs.length === 0 ? LABELS.NO_RUNS : undefined;
  }

  get sites() {
    return siteRows(this.status.sites);
  }

  get noSites() {
    return this.status.sites.length === 0;
  }

  async load() {
    this.isLoading = true;
    this.problem = undefined;
    this.ready = NOBODY;
    this.isCounted = false;
    try {
      this.status = await status();
      this.isLoading = false;
      await this.judge();
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  /** Some users a call, so that an org with many shows the first of them at once. */
  async judge() {
    let after = null;
    do {
      // Each call goes on where the one before has ended.
      // eslint-disable-next-line no-await-in-loop
      const part = await readiness({ after });
      this.ready = sumOf(this.ready, part);
      after = part.last ?? null;
    } while (after && !this.isGone);
    this.isCounted = true;
  }

  go(event) {
    this[NavigationMixin.Navigate](pageOf(this.attention[Number(event.currentTarget.dataset.key)]));
  }
}
