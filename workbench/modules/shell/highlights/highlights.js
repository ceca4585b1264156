/** Name of a record, and its quick actions, which open in a panel as on the platform. */
import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';

export default class Highlights extends LightningElement {
  @api recordId;
  @api objectApiName;
  @api actions = [];

  open;

  @wire(getRecord, { recordId: '$recordId', fields: '$fields' })
  record;

  get fields() {
    return [`${this.objectApiName}.Name`];
  }

  get title() {
    return getFieldValue(this.record.data, this.fields[0]);
  }

  get problem() {
    return this.record.error?.body?.message;
  }

  get panel() {
    return { recordId: this.recordId, objectApiName: this.objectApiName };
  }

  show(event) {
    this.open = this.actions.find(({ name }) => name === event.target.dataset.name);
  }

  hide() {
    this.open = undefined;
  }
}
