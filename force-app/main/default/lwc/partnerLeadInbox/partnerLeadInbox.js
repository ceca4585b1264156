import { LightningElement } from 'lwc';
export default class PartnerLeadInbox extends LightningElement {}
