/** Texts of the invitation. */
import INVITE_TITLE from '@salesforce/label/c.Channel_Desk_Enable_Invite_Title';
import EDIT_HELP from '@salesforce/label/c.Channel_Desk_Enable_Edit_Help';
import CONFIRM_HELP from '@salesforce/label/c.Channel_Desk_Enable_Confirm_Help';
import REVIEW from '@salesforce/label/c.Channel_Desk_Enable_Review';
import BACK from '@salesforce/label/c.Channel_Desk_Enable_Back';
import SAVE from '@salesforce/label/c.Channel_Desk_Enable_Save';
import NAME from '@salesforce/label/c.Channel_Desk_Enable_Name';
import USERNAME from '@salesforce/label/c.Channel_Desk_Enable_Username';
import ALIAS from '@salesforce/label/c.Channel_Desk_Enable_Alias';
import NICKNAME from '@salesforce/label/c.Channel_Desk_Enable_Nickname';
import PROFILE from '@salesforce/label/c.Channel_Desk_Enable_Profile';
import ROLE from '@salesforce/label/c.Channel_Desk_Enable_Role';
import ZONE from '@salesforce/label/c.Channel_Desk_Enable_Zone';
import LANGUAGE from '@salesforce/label/c.Channel_Desk_Enable_Language';
import LOCALE from '@salesforce/label/c.Channel_Desk_Enable_Locale';
import ACCOUNT from '@salesforce/label/c.Channel_Desk_Enable_Account';
import SEND from '@salesforce/label/c.Channel_Desk_Enable_Send';
import MAILS from '@salesforce/label/c.Channel_Desk_Enable_Mails';
import LOGIN_MAIL from '@salesforce/label/c.Channel_Desk_Enable_Login_Mail';
import NO_LOGIN_MAIL from '@salesforce/label/c.Channel_Desk_Enable_No_Login_Mail';
import WELCOME from '@salesforce/label/c.Channel_Desk_Enable_Welcome';
import NO_WELCOME from '@salesforce/label/c.Channel_Desk_Enable_No_Welcome';
import AGREE from '@salesforce/label/c.Channel_Desk_Enable_Agree';
import PROBLEMS from '@salesforce/label/c.Channel_Desk_Enable_Problems';
import EMAIL from '@salesforce/label/c.Channel_Desk_Email';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';

export const LABELS = {
  INVITE_TITLE,
  EDIT_HELP,
  CONFIRM_HELP,
  REVIEW,
  BACK,
  SAVE,
  NAME,
  USERNAME,
  ALIAS,
  NICKNAME,
  PROFILE,
  ROLE,
  ZONE,
  LANGUAGE,
  LOCALE,
  ACCOUNT,
  SEND,
  MAILS,
  LOGIN_MAIL,
  NO_LOGIN_MAIL,
  WELCOME,
  NO_WELCOME,
  AGREE,
  PROBLEMS,
  EMAIL,
  CANCEL,
};
