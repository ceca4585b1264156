/** Pages of the shell as addresses behind `#`, by the page references of the platform. */
const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

const encoded = (parts) => parts.map(encodeURIComponent).join('/');

const ADDRESSES = {
  standard__recordPage: ({ recordId, objectApiName }) => encoded(['r', objectApiName ?? '', recordId]),
  standard__objectPage: ({ objectApiName }) => encoded(['o', objectApiName]),
  standard__navItemPage: ({ apiName }) => encoded(['n', apiName]),
  comm__namedPage: ({ name }) => encoded(['n', name]),
};

const addressOf = ({ type, attributes }) => {
  if (type === 'standard__webPage') return attributes.url;
  const address = ADDRESSES[type];
  if (!address) throw new Error(`The workbench has no pages of the type ${type}.`);
  return `#/${address(attributes)}`;
};

export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](page) {
      const address = addressOf(page);
      if (address.startsWith('#')) window.location.hash = address;
      else window.open(address, '_blank', 'noopener');
    }

    [GenerateUrl](page) {
      return Promise.resolve(addressOf(page));
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** From `#/r/Lead/00Q…` to a page reference. */
export const pageOf = (hash) => {
  const [kind, first, second] = hash.replace(/^#\//, '').split('/').map(decodeURIComponent);
  if (kind === 'r')
    return { type: 'standard__recordPage', attributes: { objectApiName: first, recordId: second }, state: {} };
  if (kind === 'o') return { type: 'standard__objectPage', attributes: { objectApiName: first }, state: {} };
  if (kind === 'n') return { type: 'standard__navItemPage', attributes: { apiName: first }, state: {} };
  return undefined;
};

/** Wire: the page that is shown. */
export class CurrentPageReference {
  constructor(emit) {
    this.emit = emit;
    this.changed = () => this.emit(pageOf(window.location.hash));
  }

  connect() {
    window.addEventListener('hashchange', this.changed);
    this.changed();
  }

  update() {}

  disconnect() {
    window.removeEventListener('hashchange', this.changed);
  }
}
