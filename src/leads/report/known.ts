/**
 * Which changes of owners were told of by a better source. Each change that it told of stands for one of each worse source:
 * of the same lead, to the same owner, within the time of the run. Pure. Takes some 80 bytes of memory a change.
 */
import { IdMap } from '../rotation/id-map.js';
import { SOURCES, type EventSource } from './event.js';

/** A time in milliseconds, both ends included. */
export type Span = { from: number; until: number };

/** What the clocks of the org and of this computer may differ by. */
const MINUTE = 60_000;

/** The time in which a run can have changed something. @param run start and end, as ISO texts */
export const spanOfRun = ({ startedAt, endedAt }: { startedAt: string; endedAt: string }): Span => ({
  from: Date.parse(startedAt) - MINUTE,
  until: Date.parse(endedAt) + MINUTE,
});

/** Between a change and the record that tells of it, where nothing says when its run began. */
const RECORDED_WITHIN = 10 * MINUTE;

/** When the changes can have happened of which a run has made records. A run that is not one of ours has none. */
export function spanOfRecords(run: string, recorded: number): Span {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(run) ?? [];
  const begun = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const from = Number.isNaN(begun) ? recorded - RECORDED_WITHIN : begun - MINUTE;
  return { from: Math.min(from, recorded), until: recorded + MINUTE };
}

const NONE = -1;

export class Known {
  /** Number of the latest change of each lead; each change names the one before it. */
  private readonly latest = new IdMap();
  private readonly before: number[] = [];
  private readonly owners: number[] = [];
  private readonly spans: Span[] = [];
  /** A bit for each source to which the change was told already, its own among them. */
  private readonly told: number[] = [];
  private readonly numbers = new Map<string, number>();

  /** Notes a change. The span may grow afterwards: that of a run is one object for all of its changes. */
  public add(lead: string, to: string, span: Span, source: EventSource): void {
    this.before.push(this.latest.get(lead) ?? NONE);
    this.owners.push(this.numberOf(to));
    this.spans.push(span);
    this.told.push(bitOf(source));
    this.latest.set(lead, this.owners.length - 1);
  }

  /** Whether a better source told of this change. What it told is used up by that for this source. */
  public take(lead: string, to: string, span: Span, source: EventSource): boolean {
    const owner = this.numbers.get(to);
    let found = NONE;
    for (let at = this.latest.get(lead) ?? NONE; at !== NONE; at = this.before[at]!) {
      const { from, until } = this.spans[at]!;
      const isFree = (this.told[at]! & bitOf(source)) === 0;
      if (this.owners[at] === owner && isFree && from <= span.until && span.from <= until) found = at;
    }
    if (found === NONE) return false;
    this.told[found] = this.told[found]! | bitOf(source);
    return true;
  }

  private numberOf(owner: string): number {
    const known = this.numbers.get(owner);
    if (known !== undefined) return known;
    this.numbers.set(owner, this.numbers.size);
    return this.numbers.size - 1;
  }
}

const bitOf = (source: EventSource): number => 1 << SOURCES.indexOf(source);
