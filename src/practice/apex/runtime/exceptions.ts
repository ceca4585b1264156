import { ApexFailure } from './failures.js';
import { ApexObject, type ClassInfo } from './objects.js';
import { stackText, type Frame } from './stack.js';
import type { Value } from './values.js';

/** What an exception says that was made without a text. */
const NO_MESSAGE = 'Script-thrown exception';

/** An exception of Apex. Classes of the program that extend Exception derive from it; methods have their generated names. */
export class ApexException extends ApexObject {
  public message: Value = null;
  public cause: ApexException | null = null;
  /** Where it was first thrown; undefined until then. */
  public frames: readonly Frame[] | undefined;
  /** What the host gave with it: the rows of a DmlException. */
  public data: unknown;
  #told = false;

  /** The constructors all exceptions have: none, a text, a cause, a text and a cause. */
  public $init(args: readonly Value[]): this {
    const [first = null, second = null] = args;
    if (first instanceof ApexException) this.cause = first;
    else this.message = first;
    if (second instanceof ApexException) this.cause = second;
    return this;
  }

  public getmessage$0(): Value {
    return (this.#keepsText ? null : this.message) ?? NO_MESSAGE;
  }

  /** The text an AuraHandledException is made with is for the page alone, until `setMessage` tells it to the program. */
  get #keepsText(): boolean {
    return !this.#told && this.typeName === 'System.AuraHandledException';
  }

  public setmessage$1(message: Value): Value {
    this.#told = true;
    this.message = message;
    return null;
  }

  public getcause$0(): Value {
    return this.cause;
  }

  public initcause$1(cause: Value): Value {
    if (this.cause !== null) throw new ApexFailure('System.IllegalStateException', 'Cause already set');
    if (cause instanceof ApexException) this.cause = cause;
    return null;
  }

  public gettypename$0(): Value {
    return this.typeName;
  }

  public getlinenumber$0(): Value {
    return this.frames?.[0]?.line ?? 0;
  }

  public getstacktracestring$0(): Value {
    return stackText(this.frames ?? []);
  }

  /** The text of it; what was given as one may be any value in programs nobody type-checked. */
  public get words(): string {
    return typeof this.message === 'string' ? this.message : NO_MESSAGE;
  }

  public tostring$0(): Value {
    return `${this.typeName}: ${this.words}`;
  }
}

/** An Apex exception on its way through JavaScript; also what a transaction ends with that nothing caught. */
export class ApexThrown extends Error {
  public constructor(public readonly exception: ApexException) {
    super(`${exception.typeName}: ${exception.words}`);
    this.name = 'ApexThrown';
  }

  /** The levels of Apex at which it was thrown, innermost first. */
  public get frames(): readonly Frame[] {
    return this.exception.frames ?? [];
  }

  /** The stack as the platform prints it. */
  public get apexStack(): string {
    return stackText(this.frames);
  }
}

/** Exceptions of the platform by their names; a class is made when it is first asked for. */
export class PlatformExceptions {
  readonly #classes = new Map<string, new () => ApexException>();

  /** A new exception of a type such as `System.DmlException`. */
  public make(typeName: string): ApexException {
    const known = this.#classes.get(typeName);
    if (known !== undefined) return new known();
    class PlatformException extends ApexException {}
    Object.defineProperty(PlatformException.prototype, '$info', { value: infoOf(typeName) });
    this.#classes.set(typeName, PlatformException);
    return new PlatformException();
  }
}

function infoOf(typeName: string): ClassInfo {
  const key = typeName.toLowerCase().replace(/^system\./, '');
  return {
    name: typeName,
    isInterface: false,
    isAbstract: false,
    sharing: undefined,
    modifiers: [],
    annotations: [],
    methods: [],
    fields: [],
    supertypes: new Set([key, 'exception']),
    parent: 'exception',
  };
}
