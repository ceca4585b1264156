/** Regions of a page with their components. Components of the platform have stand-ins of the shell. */
import { LightningElement, api } from 'lwc';

const STAND_INS = { 'force:highlightsPanel': 'isHighlights', 'force:detailPanel': 'isDetail' };

export default class Page extends LightningElement {
  @api regions = [];
  @api recordId;
  @api objectApiName;
  /** Quick actions by their names. */
  @api actions = {};

  get shown() {
    const { recordId, objectApiName } = this;
    const where = recordId ? { recordId, objectApiName } : {};
    return this.regions.map(({ name, components }) => ({
      name,
      components: components.map((component, at) => ({
        key: `${name}-${at}-${component.name}`,
        name: component.name,
        properties: { ...component.properties, ...where },
        actions: (component.properties.actionNames ?? []).map((action) => ({ name: action, ...this.actions[action] })),
        isOurs: !(component.name in STAND_INS),
        [STAND_INS[component.name] ?? 'isOurs']: true,
      })),
    }));
  }
}
