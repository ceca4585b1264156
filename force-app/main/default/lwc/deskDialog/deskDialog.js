/** A question over the page. Keeps the focus inside, closes with Escape, gives the focus back. */
import { LightningElement, api } from 'lwc';
import CLOSE from '@salesforce/label/c.Channel_Desk_Close';

const FOCUSABLE = 'lightning-button, lightning-textarea, lightning-input, lightning-combobox, lightning-radio-group';

export default class DeskDialog extends LightningElement {
  /** What is asked. */
  @api heading;

  labels = { CLOSE };

  connectedCallback() {
    this.before = document.activeElement;
  }

  renderedCallback() {
    if (this.isOpen) return;
    this.isOpen = true;
    const [first] = this.querySelectorAll(FOCUSABLE);
    (first ?? this.refs.panel).focus();
  }

  disconnectedCallback() {
    this.before?.focus?.();
  }

  close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  pressed(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.close();
  }

  /** The places before and behind the panel send the focus to the other end. */
  toEnd() {
    const all = [...this.querySelectorAll(FOCUSABLE)].filter((one) => !one.disabled);
    (all[all.length - 1] ?? this.refs.panel).focus();
  }

  toStart() {
    this.refs.close.focus();
  }
}
