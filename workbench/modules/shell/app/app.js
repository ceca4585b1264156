/** The frame: name of the app or site, tabs, who is logged in, and the page. */
import { LightningElement, api } from 'lwc';
import { logIn } from 'workbench/client';
import { pageOf } from 'lightning/navigation';

export default class App extends LightningElement {
  /** Who is logged in, and who could be. */
  @api session;
  /** What the package says of its app. */
  @api pages;

  place = pageOf(window.location.hash);

  connectedCallback() {
    this.moved = () => {
      this.place = pageOf(window.location.hash);
    };
    window.addEventListener('hashchange', this.moved);
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.moved);
  }

  get isPartner() {
    return this.session.user.isPartner;
  }

  get isInside() {
    return !this.isPartner;
  }

  get title() {
    return this.isPartner ? `Partner site: ${this.session.siteName ?? 'none'}` : this.pages.label;
  }

  get tabs() {
    if (this.isPartner) return [];
    const { name } = this.current;
    return this.pages.tabs.map((tab) => ({
      ...tab,
      address: tab.object ? `#/o/${tab.object}` : `#/n/${tab.name}`,
      current: tab.name === name ? 'page' : undefined,
      style: `slds-context-bar__item${tab.name === name ? ' slds-is-active' : ''}`,
    }));
  }

  /** Tab that the address belongs to. */
  get current() {
    const { tabs } = this.pages;
    const { objectApiName, apiName } = this.place?.attributes ?? {};
    return tabs.find(({ name, object }) => (object ? object === objectApiName : name === apiName)) ?? tabs[0];
  }

  get isRecord() {
    return this.place?.type === 'standard__recordPage';
  }

  get record() {
    const { objectApiName, recordId } = this.place.attributes;
    return {
      recordId,
      objectApiName,
      page: this.pages.pages[this.pages.recordPages[objectApiName]],
      pages: this.pages,
    };
  }

  get isList() {
    return !this.isRecord && Boolean(this.current.object);
  }

  get list() {
    const button = this.pages.buttons[this.current.object];
    return {
      objectApiName: this.current.object,
      label: this.current.label,
      button,
      screen: this.pages.screens[button?.flow],
    };
  }

  get regions() {
    if (this.isPartner)
      return [{ name: 'main', components: this.pages.site.map((name) => ({ name, properties: {} })) }];
    return this.pages.pages[this.current.page].regions;
  }

  get users() {
    return this.session.users.map(({ id, name, kind }) => ({ value: id, label: `${name} (${kind})` }));
  }

  /** Another user sees another org: everything is loaded anew. */
  async switchUser(event) {
    await logIn(event.detail.value);
    window.location.hash = '';
    window.location.reload();
  }
}
