/** Texts of the account page. */
import TITLE from '@salesforce/label/c.Channel_Desk_Enable_Title';
import IS from '@salesforce/label/c.Channel_Desk_Enable_Is';
import IS_NOT from '@salesforce/label/c.Channel_Desk_Enable_Is_Not';
import CANNOT from '@salesforce/label/c.Channel_Desk_Enable_Cannot';
import TROUBLE from '@salesforce/label/c.Channel_Desk_Enable_Trouble';
import ACTION from '@salesforce/label/c.Channel_Desk_Enable_Action';
import ASK from '@salesforce/label/c.Channel_Desk_Enable_Ask';
import HELP from '@salesforce/label/c.Channel_Desk_Enable_Help';
import DONE from '@salesforce/label/c.Channel_Desk_Enable_Done';
import CONTACTS from '@salesforce/label/c.Channel_Desk_Enable_Contacts';
import NO_CONTACTS from '@salesforce/label/c.Channel_Desk_Enable_No_Contacts';
import NO_USER from '@salesforce/label/c.Channel_Desk_Enable_No_User';
import NO_MAIL from '@salesforce/label/c.Channel_Desk_Enable_No_Mail';
import FIRST_ACCOUNT from '@salesforce/label/c.Channel_Desk_Enable_First_Account';
import INVITE from '@salesforce/label/c.Channel_Desk_Enable_Invite';
import INVITE_NAME from '@salesforce/label/c.Channel_Desk_Enable_Invite_Name';
import DONE_USER from '@salesforce/label/c.Channel_Desk_Enable_Done_User';
import FIX from '@salesforce/label/c.Channel_Desk_Person_Fix';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';

export const LABELS = {
  TITLE,
  IS,
  IS_NOT,
  CANNOT,
  TROUBLE,
  ACTION,
  ASK,
  HELP,
  DONE,
  CONTACTS,
  NO_CONTACTS,
  NO_USER,
  NO_MAIL,
  FIRST_ACCOUNT,
  INVITE,
  INVITE_NAME,
  DONE_USER,
  FIX,
  CANCEL,
  NOT_FOR_YOU,
};
