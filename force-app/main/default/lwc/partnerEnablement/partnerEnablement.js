/** The partner of an account page: whether it is one, what stands in the way, and its people with their users. */
import { LightningElement, api } from 'lwc';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import previewAccount from '@salesforce/apex/PartnerEnablement.previewAccount';
import enableAccount from '@salesforce/apex/PartnerEnablement.enableAccount';
import contactsOf from '@salesforce/apex/PartnerEnablement.contacts';
import mayUse from '@salesforce/customPermission/Channel_Desk_Manage';
import { errorText, fill, hiddenWords } from 'c/desk';
import { LABELS } from './labels';

export default class PartnerEnablement extends LightningElement {
  labels = LABELS;
  isLoading = false;
  isBusy = false;
  problem;
  account;
  contacts;
  contactsProblem;
  /** Labels of the fields of contacts that are hidden from the user, by their names. */
  hidden = {};
  /** The last contact of each page before the one that is shown, and the same of the page that was asked for last. */
  ends = [];
  wantedEnds = [];
  hasMore = false;
  isAsked = false;
  /** Contact that is being invited. */
  invited;

  /** The account. */
  @api
  get recordId() {
    return this.accountId;
  }

  set recordId(value) {
    this.accountId = value;
    this.forget();
    if (mayUse && value) this.load();
  }

  get words() {
    return mayUse ? undefined : fill(LABELS.NOT_FOR_YOU, 'Channel Manager');
  }

  get state() {
    return fill(this.account.alreadyPartner ? LABELS.IS : LABELS.IS_NOT, this.account.name);
  }

  get obstacles() {
    return this.account.problems.map((text, at) => ({
      text,
      fix: this.account.fixes[at] ? fill(LABELS.FIX, this.account.fixes[at]) : undefined,
    }));
  }

  get hasObstacles() {
    return this.account.problems.length > 0;
  }

  get obstaclesTitle() {
    return this.account.alreadyPartner ? LABELS.TROUBLE : LABELS.CANNOT;
  }

  get mayEnable() {
    return !this.account.alreadyPartner && !this.hasObstacles;
  }

  get question() {
    return fill(LABELS.ASK, this.account.name);
  }

  get help() {
    return fill(LABELS.HELP, this.account.ownerName);
  }

  get people() {
    return this.contacts.map((contact) => ({
      ...contact,
      mail: 'Email' in this.hidden ? undefined : (contact.email ?? LABELS.NO_MAIL),
      inviteName: fill(LABELS.INVITE_NAME, contact.name),
      mayInvite: !contact.person && this.account.alreadyPartner,
    }));
  }

  get hiddenWords() {
    return hiddenWords(Object.values(this.hidden));
  }

  get hasPeople() {
    return this.contacts?.length > 0;
  }

  get noPeople() {
    return this.contacts?.length === 0;
  }

  get isEarly() {
    return this.hasPeople && !this.account.alreadyPartner;
  }

  /** Whether another page of contacts is on its way. */
  get isTurning() {
    return this.wantedEnds !== this.ends && !this.contactsProblem;
  }

  get hasBefore() {
    return this.ends.length > 0;
  }

  /** Nothing of one account stands on the page of another. */
  forget() {
    Object.assign(this, { account: undefined, problem: undefined, contacts: undefined, contactsProblem: undefined });
    Object.assign(this, { ends: [], wantedEnds: [], hasMore: false, hidden: {} });
    Object.assign(this, { isAsked: false, invited: undefined, isBusy: false });
  }

  /** Whether the page still shows the account that something was asked for. */
  isAt(accountId) {
    return accountId === this.accountId;
  }

  async load() {
    const { accountId } = this;
    this.isLoading = true;
    this.problem = undefined;
    try {
      const account = await previewAccount({ accountId });
      if (!this.isAt(accountId)) return;
      this.account = account;
      await this.loadContacts();
    } catch (error) {
      if (this.isAt(accountId)) this.problem = errorText(error);
    }
    if (this.isAt(accountId)) this.isLoading = false;
  }

  async loadContacts() {
    const { accountId, wantedEnds } = this;
    const end = wantedEnds[wantedEnds.length - 1];
    const isOld = () => !this.isAt(accountId) || wantedEnds !== this.wantedEnds;
    this.contactsProblem = undefined;
    try {
      const place = { afterName: end?.name ?? null, afterId: end?.contactId ?? null };
      const { contacts, hasMore, hidden } = await contactsOf({ accountId, ...place });
      if (isOld()) return;
      Object.assign(this, { contacts, hasMore, hidden, ends: wantedEnds });
    } catch (error) {
      if (!isOld()) this.contactsProblem = errorText(error);
    }
  }

  more() {
    return this.turn([...this.ends, this.contacts[this.contacts.length - 1]]);
  }

  before() {
    return this.turn(this.ends.slice(0, -1));
  }

  /** The page that was asked for last is shown; who clicks twice before it comes asks for the same one. */
  async turn(ends) {
    this.wantedEnds = ends;
    await this.loadContacts();
    this.refs.people?.focus();
  }

  ask() {
    this.isAsked = true;
  }

  leave() {
    this.isAsked = false;
  }

  async enable() {
    this.leave();
    this.isBusy = true;
    const { accountId } = this;
    const { name } = this.account;
    let toast;
    try {
      await enableAccount({ accountId });
      await notifyRecordUpdateAvailable([{ recordId: accountId }]);
      toast = { title: fill(LABELS.DONE, name), variant: 'success' };
    } catch (error) {
      toast = { title: name, message: errorText(error), variant: 'error', mode: 'sticky' };
    }
    if (this.isAt(accountId)) await this.load();
    this.say(accountId, toast);
  }

  invite(event) {
    this.invited = this.contacts.find(({ contactId }) => contactId === event.currentTarget.dataset.id);
  }

  keep() {
    this.invited = undefined;
  }

  async wasInvited({ detail: { name, username } }) {
    const { accountId } = this;
    this.invited = undefined;
    await this.loadContacts();
    this.say(accountId, { title: fill(LABELS.DONE_USER, name, username), variant: 'success' });
  }

  /** What became of something that was done for an account, which the page may have left meanwhile. */
  say(accountId, toast) {
    this.dispatchEvent(new ShowToastEvent(toast));
    if (!this.isAt(accountId)) return;
    this.isBusy = false;
    this.refs.title?.focus();
  }
}
