/** The partner of an account page: whether it is one, what stands in the way, and its people with their users. */
import { LightningElement, api } from 'lwc';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import previewAccount from '@salesforce/apex/PartnerEnablement.previewAccount';
import enableAccount from '@salesforce/apex/PartnerEnablement.enableAccount';
import contactsOf from '@salesforce/apex/PartnerEnablement.contacts';
import mayUse from '@salesforce/customPermission/Channel_Desk_Manage';
import { errorText, fill } from 'c/desk';
import { LABELS } from './labels';

export default class PartnerEnablement extends LightningElement {
  labels = LABELS;
  isLoading = false;
  isBusy = false;
  problem;
  account;
  contacts;
  contactsProblem;
  /** The last contact of each page before this one. */
  ends = [];
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
    this.account = undefined;
    this.ends = [];
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
      mail: contact.email ?? LABELS.NO_MAIL,
      inviteName: fill(LABELS.INVITE_NAME, contact.name),
      mayInvite: !contact.person && this.account.alreadyPartner,
    }));
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

  get hasBefore() {
    return this.ends.length > 0;
  }

  async load() {
    const { accountId } = this;
    this.isLoading = true;
    this.problem = undefined;
    try {
      const account = await previewAccount({ accountId });
      // The page shows another account meanwhile.
      if (accountId !== this.accountId) return;
      this.account = account;
      await this.loadContacts();
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  async loadContacts() {
    const end = this.ends[this.ends.length - 1];
    this.contactsProblem = undefined;
    try {
      const place = { afterName: end?.name ?? null, afterId: end?.contactId ?? null };
      const { contacts, hasMore } = await contactsOf({ accountId: this.accountId, ...place });
      this.contacts = contacts;
      this.hasMore = hasMore;
    } catch (error) {
      this.contactsProblem = errorText(error);
    }
  }

  async more() {
    this.ends = [...this.ends, this.contacts[this.contacts.length - 1]];
    await this.loadContacts();
    this.refs.people?.focus();
  }

  async before() {
    this.ends = this.ends.slice(0, -1);
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
    const { name } = this.account;
    let toast;
    try {
      await enableAccount({ accountId: this.accountId });
      await notifyRecordUpdateAvailable([{ recordId: this.accountId }]);
      toast = { title: fill(LABELS.DONE, name), variant: 'success' };
    } catch (error) {
      toast = { title: name, message: errorText(error), variant: 'error', mode: 'sticky' };
    }
    await this.load();
    this.isBusy = false;
    this.say(toast);
  }

  invite(event) {
    this.invited = this.contacts.find(({ contactId }) => contactId === event.currentTarget.dataset.id);
  }

  keep() {
    this.invited = undefined;
  }

  async wasInvited({ detail: { name, username } }) {
    this.invited = undefined;
    await this.loadContacts();
    this.say({ title: fill(LABELS.DONE_USER, name, username), variant: 'success' });
  }

  say(toast) {
    this.dispatchEvent(new ShowToastEvent(toast));
    this.refs.title?.focus();
  }
}
