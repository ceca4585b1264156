import {
  addI,
  addNumbers,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  div,
  mul,
  mulI,
  neg,
  plus,
  shl,
  shr,
  step,
  sub,
  subI,
  ushr,
} from './numbers.js';
import { eq, ge, gt, le, lt, ne, notSame, same } from './comparison.js';
import type { Ctx } from './context.js';
import { ApexException, ApexThrown } from './exceptions.js';
import { ApexUnsupported } from './failures.js';
import { isGenerator } from './members.js';
import { ApexObject, type ClassInfo, type Members } from './objects.js';
import { Requests } from './requests.js';
import { STACK_LIMIT } from './stack.js';
import type { ApexType } from './type.js';
import { typeNameOf } from './type-table.js';
import type { Value } from './values.js';

type Running = Generator<unknown, Value, Value>;
type Callable = (this: unknown, ...args: Value[]) => unknown;

/** A generated class: its name in the code, the class, and what initialises its statics. */
type Generated = { readonly js: string; readonly of: new () => ApexObject; readonly init: (() => unknown) | undefined };

/** The values of `Trigger`, by lower-case name: `new`, `oldmap`, `isbefore`, `size`. */
export type TriggerContext = Readonly<Record<string, Value>>;

/**
 * One transaction of a program: statics begin anew in each. What it offers to hosts are generators that yield
 * ApexRequest and end with the value, or throw ApexThrown with the exception nothing caught.
 */
export class Runtime extends Requests implements Ctx {
  public readonly Object = ApexObject;
  public readonly Exception = ApexException;
  public readonly sub = sub;
  public readonly mul = mul;
  public readonly div = div;
  public readonly addI = addI;
  public readonly subI = subI;
  public readonly mulI = mulI;
  public readonly step = step;
  public readonly neg = neg;
  public readonly plus = plus;
  public readonly bitAnd = bitAnd;
  public readonly bitOr = bitOr;
  public readonly bitXor = bitXor;
  public readonly bitNot = bitNot;
  public readonly shl = shl;
  public readonly shr = shr;
  public readonly ushr = ushr;
  public readonly eq = eq;
  public readonly ne = ne;
  public readonly same = same;
  public readonly notSame = notSame;
  public readonly lt = lt;
  public readonly gt = gt;
  public readonly le = le;
  public readonly ge = ge;
  readonly #triggers: TriggerContext[] = [];
  #classes: Readonly<Record<string, Generated>> = {};

  /** `+` of values whose types are not known: texts are put together. */
  public add = (left: Value, right: Value): Value =>
    typeof left === 'string' || typeof right === 'string' ? this.concat(left, right) : addNumbers(left, right);

  /** Takes the classes of the program in; called once. */
  public load(program: (runtime: Runtime) => Readonly<Record<string, Generated>>): void {
    this.#classes = program(this);
    for (const [key, { of }] of Object.entries(this.#classes))
      Object.defineProperty(of.prototype, '$info', { value: this.compiled.infos.get(key) });
  }

  public get timeZone(): string {
    return this.host.timeZone;
  }

  public now(): number {
    return this.host.now();
  }

  public findType(name: string): ApexType | undefined {
    return this.types.find(name);
  }

  public typeOf(value: Value): ApexType | undefined {
    return value === null ? undefined : this.types.find(typeNameOf(value));
  }

  public call(target: Value, method: string, args: Value[]): Value {
    const value: unknown = this.invoke(target, method.toLowerCase(), args);
    return isGenerator(value) ? this.#tooFar(method) : (value as Value);
  }

  public construct(typeName: string, args: Value[]): Value {
    const found = this.#classes[typeName.toLowerCase()];
    if (found === undefined) return this.#constructOther(typeName, args);
    const value = this.#constructed(found, args);
    return isGenerator(value) ? this.#tooFar(`new ${typeName}`) : (value as Value);
  }

  #constructOther(typeName: string, args: Value[]): Value {
    const type = this.type(typeName);
    if (/^(list|set|map)\b/.test(type.key)) return this.collection(type, 'args', args);
    return this.compiled.names.sobject(type.key) === undefined
      ? this.makeNative(type, args)
      : this.record(type.name, []);
  }

  #tooFar(what: string): never {
    throw new ApexUnsupported(`A query or DML in ${what}, which a method of the platform calls`);
  }

  #constructed({ js, of, init }: Generated, args: Value[]): unknown {
    const started = init?.();
    const make = (): unknown => {
      const object = new of();
      const constructor = (object as unknown as Members)[`${js}$${args.length}`];
      if (typeof constructor !== 'function')
        throw new ApexUnsupported(`${object.typeName} has no constructor with ${args.length} argument(s)`);
      return (constructor as Callable).apply(object, args);
    };
    return isGenerator(started) ? after(started, make) : make();
  }

  public bareInstance(typeName: string): ApexObject {
    const found = this.#classes[typeName.toLowerCase()];
    if (found === undefined) throw new ApexUnsupported(`There is no class ${typeName} here`);
    return new found.of();
  }

  public classInfo(typeName: string): ClassInfo | undefined {
    return this.compiled.infos.get(typeName.toLowerCase());
  }

  /** `Trigger.name`: null, and false for flags, outside triggers. */
  public trigger(name: string): Value {
    const context = this.#triggers.at(-1);
    if (name === 'isexecuting') return context !== undefined;
    return context?.[name] ?? (name.startsWith('is') ? false : null);
  }

  /** Calls a static method of a class. */
  public callStatic(className: string, method: string, args: Value[]): Running {
    return this.#rooted(function* (this: Runtime): Running {
      const found = this.#class(className);
      this.#enter(this.classInfo(className));
      const started = found.init?.();
      if (isGenerator(started)) yield* started;
      const body = (found.of as unknown as Members)[`s_${method.toLowerCase()}$${args.length}`];
      if (typeof body !== 'function')
        throw new ApexUnsupported(`${className} has no static method ${method} with ${args.length} argument(s)`);
      return yield* finished((body as Callable).apply(found.of, args));
    });
  }

  /** Calls a method of an instance or any other value. */
  public callMethod(target: Value, method: string, args: Value[]): Running {
    return this.#rooted(function* (this: Runtime): Running {
      if (target instanceof ApexObject) this.#enter(target.$info);
      // An instance that comes from another transaction may be the first of its class here.
      const started =
        target instanceof ApexObject ? this.#classes[target.$info.name.toLowerCase()]?.init?.() : undefined;
      if (isGenerator(started)) yield* started;
      return yield* this.invokeEffect(target, method.toLowerCase(), args, true, -1);
    });
  }

  /** Makes an instance of a class. */
  public newInstance(className: string, args: Value[]): Running {
    return this.#rooted(function* (this: Runtime): Running {
      return yield* finished(this.#constructed(this.#class(className), args));
    });
  }

  /** Runs the anonymous block of the program. */
  public runAnonymous(): Running {
    return this.callStatic('anonymous block', '$run', []);
  }

  /** Runs a trigger, also from within a request of the same transaction. */
  public *runTrigger(name: string, context: TriggerContext): Running {
    const before = { sharing: this.sharing, depth: this.depth };
    this.#triggers.push(context);
    try {
      return yield* this.callStatic(`trigger ${name}`, '$run', []);
    } finally {
      this.#triggers.pop();
      this.sharing = before.sharing;
      this.depth = before.depth;
    }
  }

  /** What inherits its sharing from nobody runs with sharing (Apex Developer Guide, Using the inherited sharing keyword). */
  #enter(info: ClassInfo | undefined): void {
    if (info?.sharing === 'inherited') this.sharing ??= 'with';
  }

  #class(name: string): Generated {
    const found = this.#classes[name.toLowerCase()];
    if (found === undefined) throw new ApexUnsupported(`There is no class ${name} here`);
    return found;
  }

  /** Runs a body step by step: the clock runs only within, and errors leave it as what they are in Apex. */
  *#rooted(start: (this: Runtime) => Running): Running {
    const running = start.call(this);
    let go = (): IteratorResult<unknown, Value> => running.next(null);
    for (;;) {
      const step = this.#step(go);
      if (step.done === true) return step.value;
      try {
        const value = yield step.value;
        go = (): IteratorResult<unknown, Value> => running.next(value);
      } catch (error) {
        go = (): IteratorResult<unknown, Value> => running.throw(error);
      }
    }
  }

  #step(go: () => IteratorResult<unknown, Value>): IteratorResult<unknown, Value> {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = STACK_LIMIT;
    this.resume();
    try {
      return go();
    } catch (error) {
      throw this.#ended(error);
    } finally {
      this.countTime();
      Error.stackTraceLimit = limit;
    }
  }

  /** What a transaction ends with: an Apex exception, or why it could not go on and where. */
  #ended(error: unknown): unknown {
    const exception = this.exceptionOf(error);
    if (exception !== undefined)
      return error instanceof ApexThrown ? error : Object.assign(new ApexThrown(exception), { cause: error });
    if (error instanceof ApexUnsupported) error.place ??= this.framesOf(error)[0] ?? this.placeOf(this.lastPlace);
    return error;
  }
}

function* finished(value: unknown): Running {
  return isGenerator(value) ? yield* value : (value as Value);
}

function* after(first: Running, make: () => unknown): Running {
  yield* first;
  return yield* finished(make());
}
