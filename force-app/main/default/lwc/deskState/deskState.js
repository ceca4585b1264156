/** What a component shows in place of its content: it loads, there is nothing, something failed, or the user may not see it. */
import { LightningElement, api } from 'lwc';
import LOADING from '@salesforce/label/c.Channel_Desk_Loading';
import TRY_AGAIN from '@salesforce/label/c.Channel_Desk_Try_Again';

export default class DeskState extends LightningElement {
  /** A spinner. */
  @api isLoading = false;
  /** A sentence about what failed; offers to try again. */
  @api problem;
  /** A sentence about what is not there, or not allowed. */
  @api words;

  labels = { LOADING, TRY_AGAIN };

  retry() {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
