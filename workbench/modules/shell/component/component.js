/** One component of a page, loaded when it is shown. */
import { LightningElement, api } from 'lwc';
import { components } from 'workbench-components';

export default class Component extends LightningElement {
  /** Name of a component of the package. */
  @api name;
  /** What is set on it. */
  @api properties = {};

  constructorOfIt;
  problem;

  async connectedCallback() {
    try {
      const load = components[this.name];
      if (!load) throw new Error(`There is no component ${this.name}.`);
      this.constructorOfIt = (await load()).default;
    } catch (error) {
      this.problem = error.message;
    }
  }
}
