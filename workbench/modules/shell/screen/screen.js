/** A panel over the page, for quick actions and for screens of flows. */
import { LightningElement, api } from 'lwc';

const ENDS = ['lightning__actionsclosescreen', 'lightning__flownavigation'];

export default class Screen extends LightningElement {
  @api label;
  @api name;
  @api properties;

  connectedCallback() {
    this.before = this.template.host.getRootNode().activeElement;
    this.close = () => this.dispatchEvent(new CustomEvent('close'));
    ENDS.forEach((name) => this.template.addEventListener(name, this.close));
  }

  renderedCallback() {
    if (this.hasFocus) return;
    this.hasFocus = true;
    this.refs.panel.focus();
  }

  disconnectedCallback() {
    this.before?.focus?.();
  }

  pressed(event) {
    if (event.key === 'Escape') this.close();
  }

  closed() {
    this.close();
  }
}
