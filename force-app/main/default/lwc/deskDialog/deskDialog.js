/** A question over the page. Keeps the focus inside, closes with Escape, gives the focus back. */
import { LightningElement, api } from 'lwc';
import CLOSE from '@salesforce/label/c.Channel_Desk_Close';

const FOCUSABLE = 'lightning-button, lightning-textarea, lightning-input, lightning-combobox, lightning-radio-group';

/**
 * What has the focus, in the template it is in: from outside of a component only its host can be seen, which takes no focus.
 * A dialog inside of a component of its own looks for it further out.
 */
const focusedAround = (host) => {
  const root = host.getRootNode();
  return root.activeElement ?? (root.host && focusedAround(root.host));
};

export default class DeskDialog extends LightningElement {
  /** What is asked. */
  @api heading;

  labels = { CLOSE };

  connectedCallback() {
    this.before = focusedAround(this.template.host);
  }

  renderedCallback() {
    if (this.isOpen) return;
    this.isOpen = true;
    (this.inside[0] ?? this.refs.panel).focus();
  }

  disconnectedCallback() {
    this.before?.focus?.();
  }

  /** What can have the focus, but for the button that closes. */
  get inside() {
    return [...this.querySelectorAll(FOCUSABLE)].filter((one) => !one.disabled);
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
    const { inside } = this;
    (inside[inside.length - 1] ?? this.refs.close).focus();
  }

  toStart() {
    this.refs.close.focus();
  }
}
