import { createElement } from 'lwc';
import ChannelHome from 'c/channelHome';
import LeadReassign from 'c/leadReassign';
import PartnerDirectory from 'c/partnerDirectory';
import PartnerEnablement from 'c/partnerEnablement';
import PartnerLeadInbox from 'c/partnerLeadInbox';
import RotationBoard from 'c/rotationBoard';
import SharingReview from 'c/sharingReview';
import { settled } from 'page-test';

jest.mock('@salesforce/customPermission/Channel_Desk_Manage', () => ({ default: undefined }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Distribute', () => ({ default: undefined }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Review_Sharing', () => ({ default: undefined }), {
  virtual: true,
});
jest.mock('@salesforce/customPermission/Channel_Desk_Partner_Inbox', () => ({ default: undefined }), { virtual: true });
jest.mock('lightning/actions', () => ({ CloseActionScreenEvent: CustomEvent }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Not_For_You', () => ({ default: 'Ask for {0}' }), { virtual: true });

const PAGES = [
  ['channelHome', ChannelHome, 'Channel Manager'],
  ['leadReassign', LeadReassign, 'Channel Manager'],
  ['partnerDirectory', PartnerDirectory, 'Channel Manager'],
  ['partnerEnablement', PartnerEnablement, 'Channel Manager'],
  ['partnerLeadInbox', PartnerLeadInbox, 'Partner Leads'],
  ['rotationBoard', RotationBoard, 'Channel Manager'],
  ['sharingReview', SharingReview, 'Channel Manager'],
];

describe('without the permission of a page', () => {
  afterEach(() => document.body.replaceChildren());

  it.each(PAGES)('%s names the permission set to ask for, and offers nothing', async (name, page, permissionSet) => {
    const element = createElement(`c-${name.toLowerCase()}`, { is: page });
    element.recordId = '001000000000001';
    document.body.appendChild(element);
    await settled();
    const state = element.shadowRoot.querySelector('c-desk-state');
    expect(state.words).toBe(`Ask for ${permissionSet}`);
    expect(state.isLoading).toBeFalsy();
    expect(element.shadowRoot.querySelectorAll('lightning-button, input, lightning-combobox')).toHaveLength(0);
  });
});
