/**
 * Regions of a page with their components. Some components and actions of the platform have stand-ins of the shell; related lists,
 * activities, Edit and Convert have none and are left out.
 */
import { LightningElement, api } from 'lwc';

/** Names of the platform's components have a namespace. */
const isOurs = ({ name }) => !name.includes(':');

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
      components: components
        .filter((component) => isOurs(component) || component.name in STAND_INS)
        .map((component) => ({
          key: `${name}-${component.name}`,
          name: component.name,
          properties: { ...component.properties, ...where },
          actions: (component.properties.actionNames ?? [])
            .filter((action) => action in this.actions)
            .map((action) => ({ name: action, ...this.actions[action] })),
          [STAND_INS[component.name] ?? 'isOurs']: true,
        })),
    }));
  }
}
