/** Lengths of time as people write and read them. */

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: DAY, w: 7 * DAY };

/** Milliseconds of a text such as `36h`, `3d` or `2w`; undefined for one that says no time, or none that is above zero. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text.trim().toLowerCase()) ?? [];
  const milliseconds = Number(number ?? 0) * (UNITS[unit] ?? 0);
  return milliseconds > 0 ? milliseconds : undefined;
}

/** Whole days and hours: `4 d 3 h`, `3 d`, `5 h`; `0 h` below an hour. */
export function durationText(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  const parts = [hours >= 24 ? `${Math.floor(hours / 24)} d` : '', hours % 24 > 0 ? `${hours % 24} h` : ''];
  return parts.filter((part) => part !== '').join(' ') || '0 h';
}

/** Hours, rounded down to tenths. */
export const hoursOf = (milliseconds: number): number => Math.floor(milliseconds / (HOUR / 10)) / 10;
