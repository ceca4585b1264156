/** Asks everything on the page anew. */
import { refreshKeys } from 'workbench/cache';

export class RefreshEvent extends CustomEvent {
  constructor() {
    super('lightning__refresh', { bubbles: true, composed: true });
    refreshKeys(() => true);
  }
}
