/** Texts of the board. */
import TITLE from '@salesforce/label/c.Channel_Desk_Board_Title';
import CHOOSE from '@salesforce/label/c.Channel_Desk_Board_Choose';
import NONE from '@salesforce/label/c.Channel_Desk_Board_None';
import INACTIVE from '@salesforce/label/c.Channel_Desk_Board_Inactive';
import MEMBERS from '@salesforce/label/c.Channel_Desk_Board_Members';
import MEMBER from '@salesforce/label/c.Channel_Desk_Board_Member';
import WEIGHT from '@salesforce/label/c.Channel_Desk_Board_Weight';
import SHARE from '@salesforce/label/c.Channel_Desk_Board_Share';
import GOT from '@salesforce/label/c.Channel_Desk_Board_Got';
import OWED from '@salesforce/label/c.Channel_Desk_Board_Owed';
import CAP from '@salesforce/label/c.Channel_Desk_Board_Cap';
import STATE from '@salesforce/label/c.Channel_Desk_Board_State';
import TAKES from '@salesforce/label/c.Channel_Desk_Board_Takes';
import PAUSED from '@salesforce/label/c.Channel_Desk_Board_Paused';
import HOURS from '@salesforce/label/c.Channel_Desk_Board_Hours';
import HOLIDAY from '@salesforce/label/c.Channel_Desk_Board_Holiday';
import OF_CAP from '@salesforce/label/c.Channel_Desk_Board_Of_Cap';
import PLOT from '@salesforce/label/c.Channel_Desk_Board_Plot';
import PLOT_ROW from '@salesforce/label/c.Channel_Desk_Board_Plot_Row';
import PAUSE from '@salesforce/label/c.Channel_Desk_Board_Pause';
import PAUSE_NAME from '@salesforce/label/c.Channel_Desk_Board_Pause_Name';
import RESUME from '@salesforce/label/c.Channel_Desk_Board_Resume';
import RESUME_NAME from '@salesforce/label/c.Channel_Desk_Board_Resume_Name';
import PAUSE_TITLE from '@salesforce/label/c.Channel_Desk_Board_Pause_Title';
import UNTIL from '@salesforce/label/c.Channel_Desk_Board_Until';
import UNTIL_PAST from '@salesforce/label/c.Channel_Desk_Board_Until_Past';
import WAS_PAUSED from '@salesforce/label/c.Channel_Desk_Board_Was_Paused';
import WAS_RESUMED from '@salesforce/label/c.Channel_Desk_Board_Was_Resumed';
import WEIGH_NAME from '@salesforce/label/c.Channel_Desk_Board_Weigh_Name';
import WEIGH_TITLE from '@salesforce/label/c.Channel_Desk_Board_Weigh_Title';
import WAS_WEIGHED from '@salesforce/label/c.Channel_Desk_Board_Was_Weighed';
import SAVE from '@salesforce/label/c.Channel_Desk_Board_Save';
import CANCEL from '@salesforce/label/c.Channel_Desk_Cancel';
import NOT_FOR_YOU from '@salesforce/label/c.Channel_Desk_Not_For_You';

export const LABELS = {
  TITLE,
  CHOOSE,
  NONE,
  INACTIVE,
  MEMBERS,
  MEMBER,
  WEIGHT,
  SHARE,
  GOT,
  OWED,
  CAP,
  STATE,
  TAKES,
  PAUSED,
  HOURS,
  HOLIDAY,
  OF_CAP,
  PLOT,
  PLOT_ROW,
  PAUSE,
  PAUSE_NAME,
  RESUME,
  RESUME_NAME,
  PAUSE_TITLE,
  UNTIL,
  UNTIL_PAST,
  WAS_PAUSED,
  WAS_RESUMED,
  WEIGH_NAME,
  WEIGH_TITLE,
  WAS_WEIGHED,
  SAVE,
  CANCEL,
  NOT_FOR_YOU,
};
