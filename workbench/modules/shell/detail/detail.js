/** Fields of a record, where the page of the platform has its own panel. */
import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldDisplayValue, getFieldValue, getRecord } from 'lightning/uiRecordApi';

const FIELDS = {
  Lead: ['Company', 'Title', 'Status', 'Rating', 'Industry', 'Country', 'Email', 'Phone', 'Owner.Name'],
  Account: ['Type', 'Industry', 'BillingCountry', 'Phone', 'Owner.Name'],
};

export default class Detail extends LightningElement {
  @api recordId;
  @api objectApiName;

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$names' })
  record;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  info;

  get names() {
    return FIELDS[this.objectApiName]?.map((name) => `${this.objectApiName}.${name}`);
  }

  get fields() {
    const { data } = this.record;
    if (!data) return [];
    return FIELDS[this.objectApiName].map((name) => {
      const field = `${this.objectApiName}.${name}`;
      return {
        name,
        label: this.labelOf(name),
        value: getFieldDisplayValue(data, field) ?? getFieldValue(data, field),
      };
    });
  }

  labelOf(name) {
    const own = name === 'Owner.Name' ? 'OwnerId' : name;
    return this.info.data?.fields[own]?.label ?? name;
  }
}
