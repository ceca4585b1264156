import { performance } from 'node:perf_hooks';
import type { Compiled } from '../compile/program.js';
import type { Host } from '../host.js';
import { UNSUPPORTED } from '../parse/errors.js';
import { Counters, type LimitName } from './counters.js';
import { ApexException, ApexThrown, PlatformExceptions } from './exceptions.js';
import { ApexFailure, ApexUnsupported, LimitFailure, type Place } from './failures.js';
import { nullPointer } from './numbers.js';
import type { Sharing } from './objects.js';
import { STACK_LIMIT, type Frame, type StackReader } from './stack.js';
import type { ApexType } from './type.js';
import { TypeTable } from './type-table.js';
import { ApexDecimal, type Value } from './values.js';

/** Turns of loops until the clock is looked at. */
const FUEL = 20_000;

/** What no program can catch (Apex Developer Guide, Exception Handling): limits and failed assertions. */
const FINAL = new Set(['System.LimitException', 'System.AssertException']);

export type RuntimeOptions = {
  /** The mode until a class says one. */
  readonly sharing?: Sharing;
  readonly limits?: Readonly<Record<LimitName, number>>;
};

/** The state of one transaction, its types, and how exceptions pass through it. Generated code calls it `$`. */
export class Basis {
  /** Counted down by loops. */
  public fuel = FUEL;
  public depth = 0;
  /** True once the transaction is ending for good: `finally` blocks no longer run. */
  public dead = false;
  public sharing: Sharing;
  public readonly counters: Counters;
  public readonly log: string[] = [];
  /** The same as lines of a debug log. */
  public readonly debugLog: string[] = [];
  readonly #startedAt = performance.now();
  public readonly shared = new Map<string, unknown>();
  /** No type arguments. */
  public readonly none: readonly ApexType[] = [];
  public readonly exceptions = new PlatformExceptions();
  protected readonly types: TypeTable;
  /** The number of the place of the last request. */
  protected lastPlace = -1;
  #resumedAt = performance.now();
  readonly #frames = new WeakMap<object, readonly Frame[]>();
  readonly #decimals = new Map<string, ApexDecimal>();

  public constructor(
    public readonly compiled: Compiled,
    public readonly host: Host,
    private readonly stack: StackReader,
    options: RuntimeOptions = {}
  ) {
    this.sharing = options.sharing;
    this.counters = new Counters(options.limits);
    const { infos, enums, natives, names } = compiled;
    this.types = new TypeTable({ infos, enums, natives, sobject: (name) => names.sobject(name) });
  }

  public type(name: string, ...args: ApexType[]): ApexType {
    const found = this.types.of(name, args);
    if (found === undefined) throw new ApexUnsupported(`There is no type ${name} here`);
    return found;
  }

  public fail(typeName: string, message: string): never {
    throw new ApexFailure(typeName, message);
  }

  /** Notes a text of System.debug, also as the line that the platform writes (Apex Developer Guide, Debug Log). */
  public debug(text: string, level: string): void {
    this.log.push(text);
    const now = new Date(this.host.now());
    const zone = { timeZone: this.host.timeZone, hour12: false } as const;
    const time = now.toLocaleTimeString('en-GB', zone);
    const passed = Math.round((performance.now() - this.#startedAt) * 1e6);
    const { line } = this.place();
    this.debugLog.push(`${time}.${now.getMilliseconds()} (${passed})|USER_DEBUG|[${line}]|${level}|${text}`);
  }

  /** A condition's value. */
  public truth(value: Value): boolean {
    return typeof value === 'boolean' ? value : nullPointer();
  }

  /** A value something is asked of. */
  public some(value: Value): Value {
    return value ?? nullPointer();
  }

  public decimal(text: string): ApexDecimal {
    const known = this.#decimals.get(text) ?? ApexDecimal.parse(text);
    this.#decimals.set(text, known);
    return known;
  }

  /** Enters a body that can call itself. */
  public enter(): void {
    if (--this.fuel < 0) this.refuel();
    this.counters.used.depth = ++this.depth;
    if (this.depth > this.counters.limits.depth) throw this.counters.exceeded('depth');
  }

  public refuel(): void {
    this.fuel = FUEL;
    this.countTime();
    if (this.counters.used.cpu > this.counters.limits.cpu) throw this.counters.exceeded('cpu');
  }

  /** Time passes only while the program runs, not while it waits for the host. */
  public resume(): void {
    this.#resumedAt = performance.now();
  }

  public countTime(): void {
    const now = performance.now();
    this.counters.used.cpu += now - this.#resumedAt;
    this.#resumedAt = now;
  }

  /** Makes the class's sharing the one in force; gives the one before. */
  public share(mode: Sharing): Sharing {
    const before = this.sharing;
    this.sharing = mode;
    return before;
  }

  /** What a `throw` throws. */
  public thrown(value: Value): ApexThrown {
    if (!(value instanceof ApexException)) return nullPointer();
    value.frames ??= this.frames();
    return new ApexThrown(value);
  }

  /** What tells that a part was reached that has no code. */
  public refused(problem: number): Error {
    const found = this.compiled.problems[problem]!;
    const { message, at, source = '' } = found;
    if (!message.startsWith(UNSUPPORTED)) return found;
    return new ApexUnsupported(message.slice(UNSUPPORTED.length + 2), { source, ...at });
  }

  /** The Apex exception a `catch` gets; what no program may catch goes on. */
  public caught(error: unknown): ApexException {
    if (this.dead) throw error;
    const exception = this.exceptionOf(error);
    if (exception !== undefined && !FINAL.has(exception.typeName)) return exception;
    this.dead = true;
    throw error;
  }

  /** What an error is in Apex; undefined for what is none there. */
  public exceptionOf(error: unknown): ApexException | undefined {
    if (error instanceof ApexThrown) return error.exception;
    if (error instanceof ApexFailure) return this.#made(error, error);
    if (error instanceof TypeError && error.message.includes(' of null') && this.stack.threwIn(error))
      return this.#made(new ApexFailure('System.NullPointerException', 'Attempt to de-reference a null object'), error);
    if (error instanceof RangeError && error.message.includes('call stack'))
      return this.#made(new LimitFailure('Maximum stack depth reached: 1001'), error);
    return undefined;
  }

  #made(failure: ApexFailure, origin: Error): ApexException {
    const exception = this.exceptions.make(failure.typeName);
    exception.message = failure.message;
    exception.data = failure.data;
    exception.frames = this.#frames.get(origin) ?? this.stack.framesOf(origin);
    return exception;
  }

  /** An error of the host gets the stack of the program it is thrown into. */
  protected located(error: unknown): unknown {
    if (error instanceof Error && !this.#frames.has(error)) this.#frames.set(error, this.frames());
    return error;
  }

  /** Where the program is now, innermost first. */
  public frames(): Frame[] {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = STACK_LIMIT;
    const here = {};
    Error.captureStackTrace(here);
    Error.stackTraceLimit = limit;
    return this.stack.framesOf(here);
  }

  /** Where an error that is no Apex exception came from. */
  public framesOf(error: Error): readonly Frame[] {
    return this.#frames.get(error) ?? this.stack.framesOf(error);
  }

  public place(): Place {
    const [here] = this.frames();
    return here ?? this.placeOf(this.lastPlace);
  }

  protected placeOf(number: number): Place {
    const found = this.compiled.places[number];
    return { source: found?.unit.name ?? '', line: found?.line ?? 0, column: found?.column ?? 0 };
  }
}
