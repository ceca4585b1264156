/** Invites a contact: the details as they will be saved, then the same once more to be confirmed. Nothing is saved before. */
import { LightningElement, api } from 'lwc';
import previewInvitation from '@salesforce/apex/PartnerEnablement.previewInvitation';
import getChoices from '@salesforce/apex/PartnerEnablement.choices';
import review from '@salesforce/apex/PartnerEnablement.review';
import invite from '@salesforce/apex/PartnerEnablement.invite';
import { errorText, fill } from 'c/desk';
import { LABELS } from './labels';
import { factsOf, fieldsOf, mailsOf, nameOf } from './shapes';

export default class PartnerInvitation extends LightningElement {
  /** The contact that is invited. */
  @api contactId;
  /** Its name. */
  @api contactName;
  /** Name of its account. */
  @api accountName;

  labels = LABELS;
  isLoading = false;
  isBusy = false;
  problem;
  draft;
  choices;
  /** The details were looked at again, and are shown to be confirmed. */
  isReviewed = false;

  connectedCallback() {
    this.load();
  }

  get heading() {
    return fill(LABELS.INVITE_TITLE, this.contactName, this.accountName);
  }

  get isEdited() {
    return Boolean(this.draft) && !this.isReviewed;
  }

  get isLast() {
    return Boolean(this.draft) && this.isReviewed;
  }

  get name() {
    return nameOf(this.draft);
  }

  get fields() {
    return fieldsOf(this.draft, this.choices);
  }

  get facts() {
    return factsOf(this.draft, this.choices);
  }

  get mails() {
    return mailsOf(this.draft);
  }

  get problems() {
    return this.draft.problems;
  }

  get hasProblems() {
    return this.problems.length > 0;
  }

  /** Nothing is offered that the org would refuse. */
  get mayTry() {
    return this.isLast && !this.hasProblems;
  }

  get mustAgree() {
    return Boolean(this.draft.welcomingSites) && !this.hasProblems;
  }

  get cannotSave() {
    return this.isBusy || (this.mustAgree && !this.draft.acceptsWelcome);
  }

  async load() {
    this.isLoading = true;
    this.problem = undefined;
    try {
      const { contactId } = this;
      [this.draft, this.choices] = await Promise.all([previewInvitation({ contactId }), getChoices()]);
      this.moveFocus();
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  changed(event) {
    const { name, type } = event.target.dataset;
    const value = type === 'checkbox' ? event.detail.checked : event.detail.value;
    this.draft = { ...this.draft, [name]: value };
  }

  /** Looks at the details again by the rules of the org, and shows what it says. */
  async look() {
    const inputs = [...this.template.querySelectorAll('lightning-input, lightning-combobox')];
    const wrong = inputs.filter((input) => !input.reportValidity());
    if (wrong.length > 0) {
      wrong[0].focus();
      return;
    }
    await this.work(async () => {
      this.draft = await review({ changed: { ...this.draft, acceptsWelcome: false } });
      this.isReviewed = true;
    });
    this.moveFocus();
  }

  back() {
    this.isReviewed = false;
    this.problem = undefined;
    this.moveFocus();
  }

  async save() {
    await this.work(async () => {
      await invite({ confirmed: this.draft });
      const { username } = this.draft;
      this.dispatchEvent(new CustomEvent('invited', { detail: { name: this.name, username } }));
    });
  }

  async work(what) {
    this.isBusy = true;
    this.problem = undefined;
    try {
      await what();
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isBusy = false;
  }

  /** What is being saved cannot be left: what the org says to it belongs here. */
  close() {
    if (this.isBusy) return;
    this.dispatchEvent(new CustomEvent('close'));
  }

  moveFocus() {
    this.shouldFocus = true;
  }

  renderedCallback() {
    if (!this.shouldFocus || !this.refs.step) return;
    this.shouldFocus = false;
    this.refs.step.focus();
  }
}
