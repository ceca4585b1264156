/** A page with a question over it, for the test. What is in the question can have the focus, as base components can. */
import { LightningElement, api } from 'lwc';

export default class Question extends LightningElement {
  @api parts = [];
  @api isOpen = false;
}
