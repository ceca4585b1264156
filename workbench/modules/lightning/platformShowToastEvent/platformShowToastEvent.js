/** The event that asks the page for a toast; the container of the base components shows it. */
import Toast from 'lightning/toast';

export const ShowToastEventName = 'lightning__showtoast';

export class ShowToastEvent extends CustomEvent {
  constructor({ title, message, messageData, variant = 'info', mode = 'dismissible' }) {
    super(ShowToastEventName, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { label: title, message, messageLinks: messageData, variant, mode, toast: Toast },
    });
    this.toastAttributes = { title, message, messageData, mode, type: variant };
  }
}
