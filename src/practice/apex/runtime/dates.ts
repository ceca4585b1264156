import { ApexValue } from './values.js';

const DAY = 86_400_000;

const two = (number: number): string => String(number).padStart(2, '0');

/** A day without time or zone. */
export class ApexDate extends ApexValue {
  /** `ms` is midnight of the day in UTC, in milliseconds since 1970. */
  public constructor(public readonly ms: number) {
    super();
  }

  /** Months count from 1; days beyond the month's end run over as on the platform. */
  public static of(year: number, month: number, day: number): ApexDate {
    return new ApexDate(Date.UTC(year, month - 1, day));
  }

  /** The day of a moment in UTC. */
  public static ofMoment(ms: number): ApexDate {
    return new ApexDate(Math.floor(ms / DAY) * DAY);
  }

  public readonly typeName = 'Date';

  public override key(): unknown {
    return `\u0000D${this.ms}`;
  }

  /** `2026-11-29`. */
  public iso(): string {
    return new Date(this.ms).toISOString().slice(0, 10);
  }
}

/** A moment. */
export class ApexDatetime extends ApexValue {
  /** `ms` in milliseconds since 1970, UTC. */
  public constructor(public readonly ms: number) {
    super();
  }

  public readonly typeName = 'Datetime';

  public override key(): unknown {
    return `\u0000T${this.ms}`;
  }

  /** `2026-11-29T10:00:00.000Z`. */
  public iso(): string {
    return new Date(this.ms).toISOString();
  }
}

/** A time of day without zone. */
export class ApexTime extends ApexValue {
  /** `ms` since midnight. */
  public constructor(public readonly ms: number) {
    super();
  }

  public readonly typeName = 'Time';

  public override key(): unknown {
    return `\u0000t${this.ms}`;
  }

  /** `10:00:00.000Z`. */
  public iso(): string {
    const seconds = Math.floor(this.ms / 1000);
    const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return `${clock}.${String(this.ms % 1000).padStart(3, '0')}Z`;
  }
}

/** Bytes. */
export class ApexBlob extends ApexValue {
  public constructor(public readonly bytes: Buffer) {
    super();
  }

  public readonly typeName = 'Blob';

  public override key(): unknown {
    return `\u0000B${this.bytes.toString('base64')}`;
  }
}
