/** Texts of the inbox. */
import TITLE from '@salesforce/label/c.Channel_Desk_Inbox_Title';
import OFFERED from '@salesforce/label/c.Channel_Desk_Inbox_Offered';
import YOURS from '@salesforce/label/c.Channel_Desk_Inbox_Yours';
import NONE_OFFERED from '@salesforce/label/c.Channel_Desk_Inbox_None_Offered';
import NONE_YOURS from '@salesforce/label/c.Channel_Desk_Inbox_None_Yours';
import ACCEPT from '@salesforce/label/c.Channel_Desk_Inbox_Accept';
import ACCEPT_NAME from '@salesforce/label/c.Channel_Desk_Inbox_Accept_Name';
import DECLINE from '@salesforce/label/c.Channel_Desk_Inbox_Decline';
import DECLINE_NAME from '@salesforce/label/c.Channel_Desk_Inbox_Decline_Name';
import DECLINE_TITLE from '@salesforce/label/c.Channel_Desk_Inbox_Decline_Title';
import DECLINE_HELP from '@salesforce/label/c.Channel_Desk_Inbox_Decline_Help';
import REASON from '@salesforce/label/c.Channel_Desk_Inbox_Reason';
import ACCEPTED from '@salesforce/label/c.Channel_Desk_Inbox_Accepted';
import DECLINED from '@salesforce/label/c.Channel_Desk_Inbox_Declined';
import REFRESH from '@salesforce/label/c.Channel_Desk_Inbox_Refresh';
import QUEUE from '@salesforce/label/c.Channel_Desk_Inbox_Queue';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';
import COMPANY from '@salesforce/label/c.Channel_Desk_Company';
import COUNTRY from '@salesforce/label/c.Channel_Desk_Country';
import INDUSTRY from '@salesforce/label/c.Channel_Desk_Industry';
import EMAIL from '@salesforce/label/c.Channel_Desk_Email';
import PHONE from '@salesforce/label/c.Channel_Desk_Phone';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';
import MORE from '@salesforce/label/c.Channel_Desk_Inbox_More';
import MORE_YOURS from '@salesforce/label/c.Channel_Desk_Inbox_More_Yours';
import COUNT from '@salesforce/label/c.Channel_Desk_Inbox_Count';
import COUNT_MORE from '@salesforce/label/c.Channel_Desk_Inbox_Count_More';
import TO_ACCEPT from '@salesforce/label/c.Channel_Desk_Inbox_To_Accept';
import IS_ACCEPTED from '@salesforce/label/c.Channel_Desk_Inbox_Is_Accepted';
import SHOW_MORE from '@salesforce/label/c.Channel_Desk_Inbox_Show_More';
import REFUSED from '@salesforce/label/c.Channel_Desk_Inbox_Refused';

export const LABELS = {
  TITLE,
  OFFERED,
  YOURS,
  NONE_OFFERED,
  NONE_YOURS,
  ACCEPT,
  ACCEPT_NAME,
  DECLINE,
  DECLINE_NAME,
  DECLINE_TITLE,
  DECLINE_HELP,
  REASON,
  ACCEPTED,
  DECLINED,
  REFRESH,
  QUEUE,
  CANCEL,
  COMPANY,
  COUNTRY,
  INDUSTRY,
  EMAIL,
  PHONE,
  NOT_FOR_YOU,
  MORE,
  MORE_YOURS,
  COUNT,
  COUNT_MORE,
  TO_ACCEPT,
  IS_ACCEPTED,
  SHOW_MORE,
  REFUSED,
};
