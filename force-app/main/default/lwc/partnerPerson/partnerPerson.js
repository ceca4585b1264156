/** Whether a partner user can take leads; if not, why, and what to do. */
import { LightningElement, api } from 'lwc';
import ABLE from '@salesforce/label/c.Channel_Desk_Person_Able';
import UNABLE from '@salesforce/label/c.Channel_Desk_Person_Unable';
import UNKNOWN from '@salesforce/label/c.Channel_Desk_Person_Unknown';
import FIX from '@salesforce/label/c.Channel_Desk_Person_Fix';
import { fill } from 'c/desk';

const STATES = {
  yes: { words: ABLE, icon: 'utility:success', variant: 'success' },
  no: { words: UNABLE, icon: 'utility:error', variant: 'error' },
  unknown: { words: UNKNOWN, icon: 'utility:question', variant: undefined },
};

export default class PartnerPerson extends LightningElement {
  /** As `PartnerPeople.Person` has it: `eligible`, `reason`, `fix`. */
  @api person;

  get state() {
    return STATES[this.person.eligible];
  }

  get fix() {
    return this.person.fix ? fill(FIX, this.person.fix) : undefined;
  }
}
