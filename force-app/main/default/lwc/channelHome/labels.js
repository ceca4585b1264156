/** Texts of the home page. */
import TITLE from '@salesforce/label/c.Channel_Desk_Home_Title';
import GLANCE from '@salesforce/label/c.Channel_Desk_Home_Glance';
import PARTNERS from '@salesforce/label/c.Channel_Desk_Home_Partners';
import ABLE from '@salesforce/label/c.Channel_Desk_Home_Able';
import UNABLE from '@salesforce/label/c.Channel_Desk_Home_Unable';
import UNKNOWN from '@salesforce/label/c.Channel_Desk_Home_Unknown';
import CHECKED from '@salesforce/label/c.Channel_Desk_Home_Checked';
import UNTOUCHED from '@salesforce/label/c.Channel_Desk_Home_Untouched';
import QUEUED from '@salesforce/label/c.Channel_Desk_Home_Queued';
import ROTATIONS from '@salesforce/label/c.Channel_Desk_Home_Rotations';
import PAUSED from '@salesforce/label/c.Channel_Desk_Home_Paused';
import FINDINGS from '@salesforce/label/c.Channel_Desk_Home_Findings';
import NOT_SEEN from '@salesforce/label/c.Channel_Desk_Home_Not_Seen';
import ATTENTION from '@salesforce/label/c.Channel_Desk_Home_Attention';
import WELL_SEEN from '@salesforce/label/c.Channel_Desk_Home_Well_Seen';
import ALL_WELL from '@salesforce/label/c.Channel_Desk_Home_All_Well';
import FIX_UNABLE from '@salesforce/label/c.Channel_Desk_Home_Fix_Unable';
import REASON from '@salesforce/label/c.Channel_Desk_Home_Reason';
import FIX_UNTOUCHED from '@salesforce/label/c.Channel_Desk_Home_Fix_Untouched';
import FIX_QUEUED from '@salesforce/label/c.Channel_Desk_Home_Fix_Queued';
import FIX_PAUSED from '@salesforce/label/c.Channel_Desk_Home_Fix_Paused';
import FIX_HIGH from '@salesforce/label/c.Channel_Desk_Home_Fix_High';
import FIX_FINDINGS from '@salesforce/label/c.Channel_Desk_Home_Fix_Findings';
import FIX_PARTNERS from '@salesforce/label/c.Channel_Desk_Home_Fix_Partners';
import GO_PARTNERS from '@salesforce/label/c.Channel_Desk_Home_Go_Partners';
import GO_LEADS from '@salesforce/label/c.Channel_Desk_Home_Go_Leads';
import GO_ACCOUNTS from '@salesforce/label/c.Channel_Desk_Home_Go_Accounts';
import GO_ROTATIONS from '@salesforce/label/c.Channel_Desk_Home_Go_Rotations';
import GO_FINDINGS from '@salesforce/label/c.Channel_Desk_Home_Go_Findings';
import READY from '@salesforce/label/c.Channel_Desk_Home_Ready';
import PLOT from '@salesforce/label/c.Channel_Desk_Home_Plot';
import RUNS from '@salesforce/label/c.Channel_Desk_Home_Runs';
import NO_RUNS from '@salesforce/label/c.Channel_Desk_Home_No_Runs';
import RUN from '@salesforce/label/c.Channel_Desk_Home_Run';
import RUN_OVER from '@salesforce/label/c.Channel_Desk_Home_Run_Over';
import SITES from '@salesforce/label/c.Channel_Desk_Home_Sites';
import NO_SITES from '@salesforce/label/c.Channel_Desk_Home_No_Sites';
import LIVE from '@salesforce/label/c.Channel_Desk_Home_Live';
import OFFLINE from '@salesforce/label/c.Channel_Desk_Home_Offline';
import PREVIEW from '@salesforce/label/c.Channel_Desk_Home_Preview';
import NO_ADDRESS from '@salesforce/label/c.Channel_Desk_Home_No_Address';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';

export const LABELS = {
  TITLE,
  GLANCE,
  PARTNERS,
  ABLE,
  UNABLE,
  UNKNOWN,
  CHECKED,
  UNTOUCHED,
  QUEUED,
  ROTATIONS,
  PAUSED,
  FINDINGS,
  NOT_SEEN,
  ATTENTION,
  WELL_SEEN,
  ALL_WELL,
  FIX_UNABLE,
  REASON,
  FIX_UNTOUCHED,
  FIX_QUEUED,
  FIX_PAUSED,
  FIX_HIGH,
  FIX_FINDINGS,
  FIX_PARTNERS,
  GO_PARTNERS,
  GO_LEADS,
  GO_ACCOUNTS,
  GO_ROTATIONS,
  GO_FINDINGS,
  READY,
  PLOT,
  RUNS,
  NO_RUNS,
  RUN,
  RUN_OVER,
  SITES,
  NO_SITES,
  LIVE,
  OFFLINE,
  PREVIEW,
  NO_ADDRESS,
  NOT_FOR_YOU,
};
