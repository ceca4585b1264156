import type { Expr, Pos, TypeName } from '../parse/ast.js';
import { ApexCompileError, unsupported } from '../parse/errors.js';
import type { Names } from '../host.js';
import { EFFECT, type CallGraph } from './effects.js';
import type { ClassModel, FieldModel, SType, Unit } from './model.js';
import { mark, NO_PLACE, type Places } from './places.js';
import type { Signatures } from './signatures.js';
import { clashes, type TypeNames } from './types.js';

/** Generated code of an expression, and its type where that is known. `null` has the type NULL. */
export type Code = { readonly code: string; readonly type: SType | undefined };

/** The type of the literal null: it may stand anywhere. */
export const NULL: SType = { kind: 'basic', name: 'null', key: 'null', args: [] };

/** The type of what a void method gives. */
export const VOID: SType = { kind: 'basic', name: 'void', key: 'void', args: [] };

/** What all bodies of one compilation share. */
export type Shared = {
  readonly types: TypeNames;
  readonly names: Names;
  readonly places: Places;
  readonly graph: CallGraph;
  readonly signatures: Signatures;
  /** Keys of bodies that let the host in; empty in the first pass, which only fills the graph. */
  readonly effects: ReadonlySet<string>;
  readonly recursive: ReadonlySet<string>;
  /** Why parts have no code, in the order in which they were met. */
  readonly problems: ApexCompileError[];
  /** The constant that holds a type at run time. */
  typeConstant(type: SType): string;
};

/** What compiles expressions; a parameter, because expressions hold statements' bodies and so on around. */
export type Compile = (body: Body, expr: Expr) => Code;

export type BodyOptions = {
  readonly model: ClassModel;
  /** Its key in the call graph. */
  readonly key: string;
  /** A key that no other body has, where it matters what this one calls. */
  readonly own?: string;
  /** `Class.Foo.bar`. */
  readonly label: string;
  readonly isStatic: boolean;
  readonly returns?: SType | undefined;
  /** The property whose accessor this is: its name means the field behind it. */
  readonly property?: FieldModel | undefined;
};

/** One piece of code that becomes one JavaScript function: its variables, temporaries, and what it calls. */
export class Body {
  readonly #scopes = [new Map<string, SType>()];
  readonly #temps: string[] = [];
  public readonly model: ClassModel;
  public readonly unit: Unit;

  public constructor(
    public readonly shared: Shared,
    public readonly options: BodyOptions,
    private readonly compile: Compile
  ) {
    this.model = options.model;
    this.unit = options.model.unit;
  }

  /** True where it has to be a generator. */
  public get isEffect(): boolean {
    return this.shared.effects.has(this.options.key);
  }

  public expr(expr: Expr): Code {
    return this.compile(this, expr);
  }

  /** An expression as a variable of that type takes it. */
  public as(expr: Expr, type: SType): string {
    return this.coerced(this.expr(expr), type, expr.at);
  }

  public coerced(value: Code, type: SType, at: Pos): string {
    if (value.type?.key === VOID.key) this.refuse(`Illegal assignment from void to ${type.name}`, at);
    if (fits(value.type, type)) return value.code;
    if (clashes(value.type, type)) this.refuse(`Illegal assignment from ${value.type!.name} to ${type.name}`, at);
    return `${this.mark(at)}${this.shared.typeConstant(type)}.coerce(${value.code})`;
  }

  /** A condition; null is an exception. */
  public test(expr: Expr): string {
    const { code, type } = this.expr(expr);
    if (type !== undefined && !['boolean', 'object', NULL.key].includes(type.key))
      this.refuse('Condition expression must be of type Boolean', expr.at);
    return isTruth(expr) ? code : `${this.mark(expr.at)}$.truth(${code})`;
  }

  /** The number of a place, for requests to the host. */
  public place(at: Pos): number {
    return this.shared.places.add(at, this.options.label, this.unit);
  }

  public mark(at: Pos): string {
    return mark(this.place(at));
  }

  public get unmarked(): string {
    return mark(NO_PLACE);
  }

  /** Notes that it calls a body. */
  public edge(key: string): void {
    const { graph } = this.shared;
    graph.edge(this.options.key, key);
    if (this.options.own !== undefined) graph.edge(this.options.own, key);
  }

  /** Code of a part; where that cannot be, what refuses it when it is reached. */
  public attempt(work: () => string): string {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ApexCompileError)) throw error;
      return this.refusal(error);
    }
  }

  /** Notes why a part has no code. @returns what says so when it is reached */
  public refusal(error: ApexCompileError): string {
    error.source ??= this.unit.name;
    return `${this.mark(error.at)}throw $.refused(${this.shared.problems.push(error) - 1});`;
  }

  /** A type as it is written; one of the platform that is not here is refused. */
  public made(type: TypeName): SType {
    const found = this.shared.types.resolve(type, this.model);
    if (found.missing !== undefined) throw unsupported(found.missing, type.at);
    return found;
  }

  /** A call of a body known by its key; `yield*` where that lets the host in. */
  public call(key: string, code: string, at: Pos): string {
    this.edge(key);
    return this.shared.effects.has(key) ? `(${this.mark(at)}yield* ${code})` : code;
  }

  /** A call that always lets the host in. */
  public effect(code: string, at: Pos): string {
    this.edge(EFFECT);
    return `(${this.mark(at)}yield* ${code})`;
  }

  /** A name for a value that is used more than once. */
  public temp(): string {
    const name = `q${this.#temps.length}`;
    this.#temps.push(name);
    return name;
  }

  /** The declaration of all temporaries; asked for when the body is complete. */
  public temps(): string {
    return this.#temps.length === 0 ? '' : `let ${this.#temps.join(', ')};`;
  }

  /** Declares a variable and gives its name in the code. */
  public declare(name: string, type: SType, at: Pos): string {
    const key = name.toLowerCase();
    if (this.local(name) !== undefined) throw new ApexCompileError(`Duplicate variable: ${name}`, at);
    this.#scopes.at(-1)!.set(key, type);
    return `l_${key}`;
  }

  /** The type of a variable that can be seen here. */
  public local(name: string): SType | undefined {
    const key = name.toLowerCase();
    return this.#scopes.findLast((scope) => scope.has(key))?.get(key);
  }

  /** Compiles something with a scope of its own. */
  public scoped<Result>(within: () => Result): Result {
    this.#scopes.push(new Map());
    try {
      return within();
    } finally {
      this.#scopes.pop();
    }
  }

  public basic(name: string, ...args: SType[]): SType {
    return this.shared.types.basic(name, ...args);
  }

  public refuse(message: string, at: Pos): never {
    throw new ApexCompileError(message, at);
  }
}

const TRUE_OPERATORS = new Set(['<', '>', '<=', '>=', '==', '!=', '===', '!==', '&&', '||']);

/** Whether an expression is true or false by its form, never null. */
function isTruth(expr: Expr): boolean {
  if (expr.kind === 'binary') return TRUE_OPERATORS.has(expr.op);
  if (expr.kind === 'literal') return expr.type === 'Boolean';
  return expr.kind === 'instanceof' || (expr.kind === 'unary' && expr.op === '!');
}

/** Whether a value of the one type is one of the other as it is. */
export function fits(from: SType | undefined, to: SType): boolean {
  if (to.key === 'object' || from?.key === to.key || from?.key === 'null') return true;
  return from?.kind === 'class' && to.kind === 'class';
}
