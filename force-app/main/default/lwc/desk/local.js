/** Numbers, days and times as the user's settings in the org have them, not as the browser does: so does everything else on the page. */
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const DAY = 86_400_000;

const times = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE });

/** Parts of a time by the user's clock, in figures that dates are made of. */
const clock = new Intl.DateTimeFormat('en-US', {
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  ...{ hourCycle: 'h23', timeZone: TIME_ZONE },
});

const partsOf = (time) => Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));

/** Milliseconds by which the user's clock is ahead of UTC. */
const aheadAt = (time) => {
  const { year, month, day, hour, minute, second } = partsOf(time);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
};

/**
 * @param {string | undefined} value a time as Apex answers it
 * @returns {string | undefined} the same for people, by their clock
 */
export const timeText = (value) => value && times.format(new Date(value));

/**
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {(value: number) => string} writes numbers for people; to be made once, since making it is slow
 */
export const numberWriter = (options) => {
  const format = new Intl.NumberFormat(LOCALE, options);
  return (value) => format.format(value);
};

/**
 * @param {number} days from now
 * @returns {string} the day by the user's clock, as inputs have it: `2026-11-29`
 */
export const dayIn = (days) => {
  const { year, month, day } = partsOf(Date.now() + days * DAY);
  return `${year}-${month}-${day}`;
};

/**
 * @param {string} day as inputs have it
 * @returns {Date} when it begins by the user's clock
 */
export const startOf = (day) => {
  const wall = Date.parse(`${day}T00:00Z`);
  // The clock may have been put on or back between midnight of UTC and that of the user.
  const near = wall - aheadAt(wall);
  return new Date(wall - aheadAt(near));
};
