/** Numbers as people read them, in every report alike. */

/** A count with separators: `2,745`. */
export const count = (value: number): string => value.toLocaleString('en');

/** A distance with its sign and a real minus: `+0.88`, `−0.13`, `0.00`. */
export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** Date and time in UTC without parts of seconds: `2026-01-31 14:05 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
