/** Numbers by record id: a million of them in some 60 MB, where texts as keys would take five times as much. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Places of the digits in an id that count up from record to record; 62⁵ fits into a small integer. */
const FROM = 10;
const TO = 15;

const VALUES = new Map([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value]));

/** Keys are ids of 15 or 18 characters; only the first 15, which tell records apart, count. */
export class IdMap {
  private readonly buckets = new Map<string, Map<number, number>>();

  public get(id: string): number | undefined {
    return this.buckets.get(id.slice(0, FROM))?.get(lowOf(id));
  }

  public set(id: string, value: number): void {
    const head = id.slice(0, FROM);
    const bucket = this.buckets.get(head);
    if (bucket) bucket.set(lowOf(id), value);
    else this.buckets.set(head, new Map([[lowOf(id), value]]));
  }
}

function lowOf(id: string): number {
  let low = 0;
  for (let at = FROM; at < TO; at++) low = low * DIGITS.length + (VALUES.get(id.charCodeAt(at)) ?? 0);
  return low;
}
