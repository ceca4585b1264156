/** Texts of the leads that wait. */
import WAITING from '@salesforce/label/c.Channel_Desk_Board_Waiting';
import COUNT from '@salesforce/label/c.Channel_Desk_Board_Waiting_Count';
import NONE_WAITING from '@salesforce/label/c.Channel_Desk_Board_None_Waiting';
import PREVIEW from '@salesforce/label/c.Channel_Desk_Board_Preview';
import DISTRIBUTE from '@salesforce/label/c.Channel_Desk_Board_Distribute';
import WOULD from '@salesforce/label/c.Channel_Desk_Board_Would';
import WHY from '@salesforce/label/c.Channel_Desk_Board_Why';
import STAYS from '@salesforce/label/c.Channel_Desk_Board_Stays';
import DONE from '@salesforce/label/c.Channel_Desk_Board_Done';
import LEAD from '@salesforce/label/c.Channel_Desk_Lead';
import COMPANY from '@salesforce/label/c.Channel_Desk_Company';
import WAITS_IN from '@salesforce/label/c.Channel_Desk_Waits_In';
import CLOSE from '@salesforce/label/c.Channel_Desk_Close';

export const LABELS = {
  WAITING,
  COUNT,
  NONE_WAITING,
  PREVIEW,
  DISTRIBUTE,
  WOULD,
  WHY,
  STAYS,
  DONE,
  LEAD,
  COMPANY,
  WAITS_IN,
  CLOSE,
};
