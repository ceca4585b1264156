/** The partner's inbox on the site: leads that are offered, and those that are the partner's own. */
import { LightningElement } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import offers from '@salesforce/apex/PartnerInboxController.offers';
import claim from '@salesforce/apex/PartnerInboxController.claim';
import decline from '@salesforce/apex/PartnerInboxController.decline';
import mayUse from '@salesforce/customPermission/Channel_Desk_Partner_Inbox';
import TITLE from '@salesforce/label/c.Channel_Desk_Inbox_Title';
import OFFERED from '@salesforce/label/c.Channel_Desk_Inbox_Offered';
import YOURS from '@salesforce/label/c.Channel_Desk_Inbox_Yours';
import NONE_OFFERED from '@salesforce/label/c.Channel_Desk_Inbox_None_Offered';
import NONE_YOURS from '@salesforce/label/c.Channel_Desk_Inbox_None_Yours';
import ACCEPT from '@salesforce/label/c.Channel_Desk_Inbox_Accept';
import ACCEPT_NAME from '@salesforce/label/c.Channel_Desk_Inbox_Accept_Name';
import DECLINE from '@salesforce/label/c.Channel_Desk_Inbox_Decline';
import DECLINE_NAME from '@salesforce/label/c.Channel_Desk_Inbox_Decline_Name';
import DECLINE_TITLE from '@salesforce/label/c.Channel_Desk_Inbox_Decline_Title';
import DECLINE_HELP from '@salesforce/label/c.Channel_Desk_Inbox_Decline_Help';
import REASON from '@salesforce/label/c.Channel_Desk_Inbox_Reason';
import ACCEPTED from '@salesforce/label/c.Channel_Desk_Inbox_Accepted';
import DECLINED from '@salesforce/label/c.Channel_Desk_Inbox_Declined';
import REFRESH from '@salesforce/label/c.Channel_Desk_Inbox_Refresh';
import QUEUE from '@salesforce/label/c.Channel_Desk_Inbox_Queue';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';
import COMPANY from '@salesforce/label/c.Channel_Desk_Company';
import COUNTRY from '@salesforce/label/c.Channel_Desk_Country';
import INDUSTRY from '@salesforce/label/c.Channel_Desk_Industry';
import EMAIL from '@salesforce/label/c.Channel_Desk_Email';
import PHONE from '@salesforce/label/c.Channel_Desk_Phone';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';
import { errorText, fill } from 'c/desk';

/** Facts of a lead in their order; empty ones are left out. */
const FACTS = [
  ['company', COMPANY],
  ['country', COUNTRY],
  ['industry', INDUSTRY],
  ['email', EMAIL],
  ['phone', PHONE],
];

const shown = (offer) => ({
  ...offer,
  acceptName: fill(ACCEPT_NAME, offer.name),
  declineName: fill(DECLINE_NAME, offer.name),
  source: offer.queueName ? fill(QUEUE, offer.queueName) : undefined,
  facts: FACTS.filter(([field]) => offer[field]).map(([field, label]) => ({ field, label, value: offer[field] })),
});

export default class PartnerLeadInbox extends LightningElement {
  labels = { TITLE, ACCEPT, DECLINE, DECLINE_HELP, REASON, REFRESH, CANCEL };
  isLoading = false;
  /** A lead is being accepted or given back: nothing else can be clicked meanwhile. */
  isBusy = false;
  problem;
  offers;
  /** Lead that the partner is asked about before it is given back. */
  declining;

  connectedCallback() {
    if (mayUse) this.load();
  }

  get mayLook() {
    return Boolean(mayUse);
  }

  get denied() {
    return mayUse ? undefined : fill(NOT_FOR_YOU, 'Partner Leads');
  }

  /** The list is there; a problem may stand above it. */
  get isReady() {
    return Boolean(this.offers);
  }

  get sections() {
    const part = (name, isMine, none) => {
      const leads = this.offers.filter((offer) => offer.isMine === isMine);
      return { name, title: `${name} (${leads.length})`, isMine, leads, none: leads.length === 0 ? none : undefined };
    };
    return [part(OFFERED, false, NONE_OFFERED), part(YOURS, true, NONE_YOURS)];
  }

  get declineTitle() {
    return fill(DECLINE_TITLE, this.declining.name);
  }

  async load() {
    this.isLoading = true;
    this.problem = undefined;
    try {
      this.offers = (await offers()).map(shown);
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  accept(event) {
    const lead = this.leadOf(event);
    return this.change(lead, () => claim({ leadId: lead.leadId }), ACCEPTED);
  }

  ask(event) {
    this.declining = this.leadOf(event);
  }

  renderedCallback() {
    const { reason } = this.refs;
    if (!this.declining || !reason || this.asked === this.declining) return;
    this.asked = this.declining;
    reason.focus();
  }

  keep() {
    this.declining = undefined;
    this.asked = undefined;
  }

  giveBack() {
    const { declining: lead } = this;
    const reason = this.refs.reason.value;
    this.keep();
    return this.change(lead, () => decline({ leadId: lead.leadId, reason }), DECLINED);
  }

  leadOf({ target }) {
    return this.offers.find(({ leadId }) => leadId === target.dataset.id);
  }

  /** Does something to a lead, says what came of it, and shows what is true afterwards: others work with the same leads. */
  async change(lead, work, done) {
    this.isBusy = true;
    let toast;
    try {
      await work();
      toast = { title: fill(done, lead.name), variant: 'success' };
    } catch (error) {
      toast = { title: lead.name, message: errorText(error), variant: 'error', mode: 'sticky' };
    }
    await this.load();
    this.isBusy = false;
    this.dispatchEvent(new ShowToastEvent(toast));
    this.refs.title?.focus();
  }
}
