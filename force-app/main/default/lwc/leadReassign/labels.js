/** Texts of the page for new owners. */
import TITLE from '@salesforce/label/c.Channel_Desk_Reassign_Title';
import FIND from '@salesforce/label/c.Channel_Desk_Reassign_Find';
import FIND_HELP from '@salesforce/label/c.Channel_Desk_Reassign_Find_Help';
import OWNERS from '@salesforce/label/c.Channel_Desk_Reassign_Owners';
import QUEUE from '@salesforce/label/c.Channel_Desk_Reassign_Queue';
import NONE from '@salesforce/label/c.Channel_Desk_Reassign_None';
import MORE from '@salesforce/label/c.Channel_Desk_Reassign_More';
import SHOW_OTHERS from '@salesforce/label/c.Channel_Desk_Reassign_Show_Others';
import OTHERS from '@salesforce/label/c.Channel_Desk_Reassign_Others';
import FIX from '@salesforce/label/c.Channel_Desk_Reassign_Fix';
import NOTIFY from '@salesforce/label/c.Channel_Desk_Reassign_Notify';
import MAILS from '@salesforce/label/c.Channel_Desk_Reassign_Mails';
import MAILS_UNKNOWN from '@salesforce/label/c.Channel_Desk_Reassign_Mails_Unknown';
import MAILS_NONE from '@salesforce/label/c.Channel_Desk_Reassign_Mails_None';
import REVIEW from '@salesforce/label/c.Channel_Desk_Reassign_Review';
import BACK from '@salesforce/label/c.Channel_Desk_Reassign_Back';
import QUESTION from '@salesforce/label/c.Channel_Desk_Reassign_Question';
import LEFT_OUT from '@salesforce/label/c.Channel_Desk_Reassign_Left_Out';
import LEFT_OUT_ROW from '@salesforce/label/c.Channel_Desk_Reassign_Left_Out_Row';
import NOTHING from '@salesforce/label/c.Channel_Desk_Reassign_Nothing';
import GO from '@salesforce/label/c.Channel_Desk_Reassign_Go';
import RUNNING from '@salesforce/label/c.Channel_Desk_Reassign_Running';
import DONE from '@salesforce/label/c.Channel_Desk_Reassign_Done';
import RESULTS from '@salesforce/label/c.Channel_Desk_Reassign_Results';
import RESULT from '@salesforce/label/c.Channel_Desk_Reassign_Result';
import IS_DONE from '@salesforce/label/c.Channel_Desk_Reassign_Is_Done';
import RETRY from '@salesforce/label/c.Channel_Desk_Reassign_Retry';
import FINISH from '@salesforce/label/c.Channel_Desk_Reassign_Finish';
import NO_LEADS from '@salesforce/label/c.Channel_Desk_Reassign_No_Leads';
import SELECTED from '@salesforce/label/c.Channel_Desk_Reassign_Selected';
import LEAD from '@salesforce/label/c.Channel_Desk_Lead';
import COMPANY from '@salesforce/label/c.Channel_Desk_Company';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';
import NO_TRANSFER from '@salesforce/label/c.Channel_Desk_Lead_No_Transfer';
import CONVERTED from '@salesforce/label/c.Channel_Desk_Lead_Converted';
import SAME_OWNER from '@salesforce/label/c.Channel_Desk_Lead_Same_Owner';
import UNSEEN from '@salesforce/label/c.Channel_Desk_Lead_Unseen';

export const LABELS = {
  TITLE,
  FIND,
  FIND_HELP,
  OWNERS,
  QUEUE,
  NONE,
  MORE,
  SHOW_OTHERS,
  OTHERS,
  FIX,
  NOTIFY,
  MAILS,
  MAILS_UNKNOWN,
  MAILS_NONE,
  REVIEW,
  BACK,
  QUESTION,
  LEFT_OUT,
  LEFT_OUT_ROW,
  NOTHING,
  GO,
  RUNNING,
  DONE,
  RESULTS,
  RESULT,
  IS_DONE,
  RETRY,
  FINISH,
  NO_LEADS,
  SELECTED,
  LEAD,
  COMPANY,
  CANCEL,
  NOT_FOR_YOU,
  NO_TRANSFER,
  CONVERTED,
  SAME_OWNER,
  UNSEEN,
};
