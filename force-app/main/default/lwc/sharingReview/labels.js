/** Texts of the review. */
import TITLE from '@salesforce/label/c.Channel_Desk_Review_Title';
import FINDINGS from '@salesforce/label/c.Channel_Desk_Review_Findings';
import NONE from '@salesforce/label/c.Channel_Desk_Review_None';
import NONE_SUCH from '@salesforce/label/c.Channel_Desk_Review_None_Such';
import WHICH from '@salesforce/label/c.Channel_Desk_Review_Which';
import OPEN from '@salesforce/label/c.Channel_Desk_Review_Open';
import DECIDED from '@salesforce/label/c.Channel_Desk_Review_Decided';
import GONE from '@salesforce/label/c.Channel_Desk_Review_Gone';
import ALL from '@salesforce/label/c.Channel_Desk_Review_All';
import SEVERITY from '@salesforce/label/c.Channel_Desk_Review_Severity';
import KIND from '@salesforce/label/c.Channel_Desk_Review_Kind';
import OBJECT from '@salesforce/label/c.Channel_Desk_Review_Object';
import SOURCE from '@salesforce/label/c.Channel_Desk_Review_Source';
import RECORDS from '@salesforce/label/c.Channel_Desk_Review_Records';
import NOT_COUNTED from '@salesforce/label/c.Channel_Desk_Review_Not_Counted';
import DECISION from '@salesforce/label/c.Channel_Desk_Review_Decision';
import LOOK from '@salesforce/label/c.Channel_Desk_Review_Look';
import COUNT from '@salesforce/label/c.Channel_Desk_Review_Count';
import FACET from '@salesforce/label/c.Channel_Desk_Review_Facet';
import WAY from '@salesforce/label/c.Channel_Desk_Review_Way';
import WAYS from '@salesforce/label/c.Channel_Desk_Review_Ways';
import NO_WAY from '@salesforce/label/c.Channel_Desk_Review_No_Way';
import CUT from '@salesforce/label/c.Channel_Desk_Review_Cut';
import MORE_WAYS from '@salesforce/label/c.Channel_Desk_Review_More_Ways';
import KEEP from '@salesforce/label/c.Channel_Desk_Review_Keep';
import CONVERT from '@salesforce/label/c.Channel_Desk_Review_Convert';
import DEFER from '@salesforce/label/c.Channel_Desk_Review_Defer';
import REOPEN from '@salesforce/label/c.Channel_Desk_Review_Reopen';
import REASON from '@salesforce/label/c.Channel_Desk_Review_Reason';
import REASON_NEEDED from '@salesforce/label/c.Channel_Desk_Review_Reason_Needed';
import REASON_LONG from '@salesforce/label/c.Channel_Desk_Review_Reason_Long';
import CHOOSE from '@salesforce/label/c.Channel_Desk_Review_Choose';
import SAVE from '@salesforce/label/c.Channel_Desk_Review_Save';
import SAVED from '@salesforce/label/c.Channel_Desk_Review_Saved';
import IS_GONE from '@salesforce/label/c.Channel_Desk_Review_Is_Gone';
import BY from '@salesforce/label/c.Channel_Desk_Review_By';
import TAKEN from '@salesforce/label/c.Channel_Desk_Review_Taken';
import WAITS from '@salesforce/label/c.Channel_Desk_Review_Waits';
import IN_FILE from '@salesforce/label/c.Channel_Desk_Review_In_File';
import CHANGED from '@salesforce/label/c.Channel_Desk_Review_Changed';
import REASON_HIDDEN from '@salesforce/label/c.Channel_Desk_Review_Reason_Hidden';
import WHEN from '@salesforce/label/c.Channel_Desk_Review_When';
import WHO from '@salesforce/label/c.Channel_Desk_Review_Who';
import SOMEBODY from '@salesforce/label/c.Channel_Desk_Review_Somebody';
import HIDDEN from '@salesforce/label/c.Channel_Desk_Hidden';
import KEY from '@salesforce/label/c.Channel_Desk_Review_Key';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';
import CLOSE from '@salesforce/label/c.Channel_Desk_Close';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';

export const LABELS = {
  TITLE,
  FINDINGS,
  NONE,
  NONE_SUCH,
  WHICH,
  OPEN,
  DECIDED,
  GONE,
  ALL,
  SEVERITY,
  KIND,
  OBJECT,
  SOURCE,
  RECORDS,
  NOT_COUNTED,
  DECISION,
  LOOK,
  COUNT,
  FACET,
  WAY,
  WAYS,
  NO_WAY,
  CUT,
  MORE_WAYS,
  KEEP,
  CONVERT,
  DEFER,
  REOPEN,
  REASON,
  REASON_NEEDED,
  REASON_LONG,
  CHOOSE,
  SAVE,
  SAVED,
  IS_GONE,
  BY,
  TAKEN,
  WAITS,
  IN_FILE,
  CHANGED,
  REASON_HIDDEN,
  WHEN,
  WHO,
  SOMEBODY,
  HIDDEN,
  KEY,
  CANCEL,
  CLOSE,
  NOT_FOR_YOU,
};
