/** What components on screens of flows tell the flow. */
export class FlowAttributeChangeEvent extends CustomEvent {
  constructor(attributeName, attributeValue) {
    super('lightning__flowattributechange', {
      bubbles: true,
      composed: true,
      detail: { attributeName, attributeValue },
    });
  }
}

export class FlowNavigationFinishEvent extends CustomEvent {
  constructor() {
    super('lightning__flownavigation', { bubbles: true, composed: true, detail: { action: 'FINISH' } });
  }
}
