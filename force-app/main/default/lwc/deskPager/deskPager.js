/** Goes through pages, one at a time. */
import { LightningElement, api } from 'lwc';
import BEFORE from '@salesforce/label/c.Channel_Desk_Page_Before';
import MORE from '@salesforce/label/c.Channel_Desk_Page_More';

export default class DeskPager extends LightningElement {
  /** Whether there is a page before this one. */
  @api hasBefore = false;
  /** Whether there is one after it. */
  @api hasMore = false;
  /** Whether a page is on its way: another one cannot be asked for then. */
  @api busy = false;
  /** What this page shows, such as `1 to 25 of 90 accounts`. */
  @api words;

  labels = { BEFORE, MORE };

  get isNeeded() {
    return this.hasBefore || this.hasMore;
  }

  get cannotBack() {
    return this.busy || !this.hasBefore;
  }

  get cannotOn() {
    return this.busy || !this.hasMore;
  }

  back() {
    this.dispatchEvent(new CustomEvent('before'));
  }

  on() {
    this.dispatchEvent(new CustomEvent('more'));
  }
}
