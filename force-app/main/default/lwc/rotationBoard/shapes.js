/** From what the org answers to what the board shows. Pure. */
import { fill, numberWriter, timeText } from 'c/desk';
import { LABELS } from './labels';

const ROW = 20;
/** Half of the plot's width, less the places for names and figures. */
const REACH = 180;
const MIDDLE = 350;

const digits = (count) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
const plain = numberWriter();
const part = numberWriter({ style: 'percent', ...digits(1) });
const signed = numberWriter({ signDisplay: 'exceptZero', ...digits(2) });

const percent = (some, whole) => (whole === 0 ? '' : part(some / whole));
const brackets = (text) => text && ` (${text})`;

const AWAY = { hours: LABELS.HOURS, holiday: LABELS.HOLIDAY };

const stateOf = ({ pausedUntil, away }) => {
  if (pausedUntil) return fill(LABELS.PAUSED, timeText(pausedUntil));
  if (!away) return LABELS.TAKES;
  return AWAY[away] ?? away;
};

/** Rows of the table of members. */
export const memberRows = (members) => {
  const weights = members.reduce((sum, { weight }) => sum + weight, 0);
  const got = members.reduce((sum, { assigned }) => sum + assigned, 0);
  return members.map((member) => ({
    ...member,
    share: percent(member.weight, weights),
    got: plain(member.assigned) + brackets(percent(member.assigned, got)),
    owed: signed(member.deficit),
    ofCap: member.cap ? fill(LABELS.OF_CAP, plain(member.inPeriod), plain(member.cap)) : '',
    state: stateOf(member),
    weighName: fill(LABELS.WEIGH_NAME, member.name, member.weight),
    pauseName: fill(LABELS.PAUSE_NAME, member.name),
    resumeName: fill(LABELS.RESUME_NAME, member.name),
  }));
};

/** Bars to the right for what a member is owed, to the left for what it is ahead. */
export const plotOf = (members) => {
  const widest = Math.max(1, ...members.map(({ deficit }) => Math.abs(deficit)));
  const height = members.length * ROW;
  return {
    height,
    box: `0 0 ${2 * MIDDLE} ${height}`,
    words: members.map(({ name, deficit }) => fill(LABELS.PLOT_ROW, name, signed(deficit))).join('; '),
    bars: members.map(({ memberId, name, deficit }, at) => {
      const width = (Math.abs(deficit) / widest) * REACH;
      return {
        key: memberId,
        name,
        owed: signed(deficit),
        width,
        x: deficit < 0 ? MIDDLE - width : MIDDLE,
        y: at * ROW + 4,
        text: at * ROW + 14,
        style: deficit < 0 ? 'ahead' : 'owed',
      };
    }),
  };
};
