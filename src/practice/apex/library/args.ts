/** Arguments of natives, with the types the platform's signatures have. */
import type { Ctx } from '../runtime/context.js';
import { ApexDate, ApexDatetime, ApexTime, ApexBlob } from '../runtime/dates.js';
import { ApexUnsupported } from '../runtime/failures.js';
import type { Native } from '../runtime/native.js';
import { isNumber, toDecimal, toDouble } from '../runtime/numbers.js';
import type { ApexType } from '../runtime/type.js';
import type { ApexDecimal, Value } from '../runtime/values.js';
import { ApexList } from '../runtime/collections.js';

/** The call of a native: who is asked, and with what. */
export class Call {
  public constructor(
    public readonly ctx: Ctx,
    public readonly self: Value,
    public readonly values: readonly Value[],
    public readonly typeArgs: readonly ApexType[]
  ) {}

  public get count(): number {
    return this.values.length;
  }

  /** An argument as it is, null too. */
  public value(at: number): Value {
    return this.values[at] ?? null;
  }

  public isNull(at: number): boolean {
    return this.value(at) === null;
  }

  /** An argument that must be there: null is a NullPointerException, as on the platform. */
  public given(at: number): Exclude<Value, null> {
    const value = this.value(at);
    if (value === null) return this.ctx.fail('System.NullPointerException', this.nullText(at));
    return value;
  }

  /** Methods of a value and statics word it differently. */
  private nullText(at: number): string {
    return this.self === null ? `Argument ${at + 1} cannot be null` : 'Argument cannot be null.';
  }

  public text(at: number): string {
    const value = this.given(at);
    return typeof value === 'string' ? value : this.wrong(value, 'String');
  }

  /** A text, or null where null is taken. */
  public textOrNull(at: number): string | null {
    return this.isNull(at) ? null : this.text(at);
  }

  public integer(at: number): number {
    const value = this.given(at);
    return typeof value === 'number' ? value : this.wrong(value, 'Integer');
  }

  public boolean(at: number): boolean {
    const value = this.given(at);
    return typeof value === 'boolean' ? value : this.wrong(value, 'Boolean');
  }

  public long(at: number): bigint {
    const value = this.given(at);
    if (typeof value === 'number') return BigInt(value);
    return typeof value === 'bigint' ? value : this.wrong(value, 'Long');
  }

  public decimal(at: number): ApexDecimal {
    const value = this.given(at);
    return decimalOf(value) ?? this.wrong(value, 'Decimal');
  }

  public double(at: number): number {
    const value = this.given(at);
    return doubleOf(value) ?? this.wrong(value, 'Double');
  }

  public date(at: number): ApexDate {
    const value = this.given(at);
    return value instanceof ApexDate ? value : this.wrong(value, 'Date');
  }

  public datetime(at: number): ApexDatetime {
    const value = this.given(at);
    if (value instanceof ApexDate) return new ApexDatetime(value.ms);
    return value instanceof ApexDatetime ? value : this.wrong(value, 'Datetime');
  }

  public time(at: number): ApexTime {
    const value = this.given(at);
    return value instanceof ApexTime ? value : this.wrong(value, 'Time');
  }

  public blob(at: number): ApexBlob {
    const value = this.given(at);
    return value instanceof ApexBlob ? value : this.wrong(value, 'Blob');
  }

  /** Signatures are checked by the platform's compiler; here a wrong type ends the transaction with a plain word. */
  public wrong(value: Value, wanted: string): never {
    throw new ApexUnsupported(`${wanted} is expected here, not ${this.ctx.typeOf(value)?.name ?? 'null'}`);
  }

  /** Throws an Apex exception. */
  public fail(typeName: string, message: string): never {
    return this.ctx.fail(typeName, message);
  }

  /** A new list of texts. */
  public texts(items: readonly string[]): ApexList {
    return new ApexList(this.ctx.type('String'), [...items]);
  }
}

/** A number of any type as a decimal with the scale it has; nothing for what is no number. */
export const decimalOf = (value: Value): ApexDecimal | undefined => (isNumber(value) ? toDecimal(value) : undefined);

/** A number of any type as a double; nothing for what is no number. */
export const doubleOf = (value: Value): number | undefined => (isNumber(value) ? toDouble(value) : undefined);

/** A native from a function of its call. */
export const native = (
  arity: readonly number[] | number | 'any',
  run: (call: Call) => Value,
  returns?: string
): Native => ({
  arity: typeof arity === 'number' ? [arity] : arity,
  call: (ctx, self, args, typeArgs) => run(new Call(ctx, self, args, typeArgs)),
  ...(returns === undefined ? {} : { returns }),
});

/** A table by names as they are written in Apex; the runtime asks in lower case. */
export const byLowerName = <T>(table: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name.toLowerCase(), value]));
