/** Texts of the directory. */
import TITLE from '@salesforce/label/c.Channel_Desk_Directory_Title';
import FIND from '@salesforce/label/c.Channel_Desk_Directory_Find';
import WHOSE from '@salesforce/label/c.Channel_Desk_Directory_Whose';
import MINE from '@salesforce/label/c.Channel_Desk_Directory_Mine';
import ALL from '@salesforce/label/c.Channel_Desk_Directory_All';
import COUNT from '@salesforce/label/c.Channel_Desk_Directory_Count';
import NONE from '@salesforce/label/c.Channel_Desk_Directory_None';
import NONE_YET from '@salesforce/label/c.Channel_Desk_Directory_None_Yet';
import OWNER from '@salesforce/label/c.Channel_Desk_Directory_Owner';
import USERS from '@salesforce/label/c.Channel_Desk_Directory_Users';
import OF from '@salesforce/label/c.Channel_Desk_Directory_Of';
import OF_UNKNOWN from '@salesforce/label/c.Channel_Desk_Directory_Of_Unknown';
import TOO_MANY from '@salesforce/label/c.Channel_Desk_Directory_Too_Many';
import NO_USERS from '@salesforce/label/c.Channel_Desk_Directory_No_Users';
import LEADS from '@salesforce/label/c.Channel_Desk_Directory_Leads';
import LEADS_MANY from '@salesforce/label/c.Channel_Desk_Directory_Leads_Many';
import LOGIN from '@salesforce/label/c.Channel_Desk_Directory_Login';
import NEVER from '@salesforce/label/c.Channel_Desk_Directory_Never';
import ACTIVITY from '@salesforce/label/c.Channel_Desk_Directory_Activity';
import NO_ACTIVITY from '@salesforce/label/c.Channel_Desk_Directory_No_Activity';
import OFFERED from '@salesforce/label/c.Channel_Desk_Directory_Offered';
import ACCEPTED from '@salesforce/label/c.Channel_Desk_Directory_Accepted';
import DECLINED from '@salesforce/label/c.Channel_Desk_Directory_Declined';
import PULLEDBACK from '@salesforce/label/c.Channel_Desk_Directory_PulledBack';
import A_LEAD from '@salesforce/label/c.Channel_Desk_Directory_A_Lead';
import PEOPLE from '@salesforce/label/c.Channel_Desk_Directory_People';
import PEOPLE_OF from '@salesforce/label/c.Channel_Desk_Directory_People_Of';
import OTHERS from '@salesforce/label/c.Channel_Desk_Directory_Others';
import NOT_SEEN from '@salesforce/label/c.Channel_Desk_Home_Not_Seen';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';

export const LABELS = {
  TITLE,
  FIND,
  WHOSE,
  MINE,
  ALL,
  COUNT,
  NONE,
  NONE_YET,
  OWNER,
  USERS,
  OF,
  OF_UNKNOWN,
  TOO_MANY,
  NO_USERS,
  LEADS,
  LEADS_MANY,
  LOGIN,
  NEVER,
  ACTIVITY,
  NO_ACTIVITY,
  OFFERED,
  ACCEPTED,
  DECLINED,
  PULLEDBACK,
  A_LEAD,
  PEOPLE,
  PEOPLE_OF,
  OTHERS,
  NOT_SEEN,
  NOT_FOR_YOU,
};
