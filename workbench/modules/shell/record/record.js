/** A record page. */
import { LightningElement, api } from 'lwc';

export default class Record extends LightningElement {
  @api recordId;
  @api objectApiName;
  @api page;
  @api pages;
}
