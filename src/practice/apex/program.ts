import { Script } from 'node:vm';
import { compile, type Compiled, type ParsedUnit } from './compile/program.js';
import type { Host, Names } from './host.js';
import { parseAnonymous, parseClass, parseTrigger } from './parse/index.js';
import { ApexCompileError } from './parse/errors.js';
import type { TriggerDecl } from './parse/ast.js';
import type { RuntimeOptions } from './runtime/basis.js';
import type { ClassInfo } from './runtime/objects.js';
import { Runtime } from './runtime/runtime.js';
import { StackReader } from './runtime/stack.js';

/** One source as it is deployed: the name of the class or trigger, and its text. */
export type ApexSource = {
  readonly kind: 'class' | 'trigger' | 'anonymous';
  readonly name: string;
  readonly text: string;
};

/** A trigger of a program. */
export type TriggerInfo = { readonly name: string; readonly object: string; readonly moments: readonly string[] };

/** Reads one source; keep what it gives, reading costs more than compiling. Throws ApexCompileError. */
export function parseSource({ kind, name, text }: ApexSource): ParsedUnit {
  const read = { class: parseClass, trigger: parseTrigger, anonymous: parseAnonymous }[kind];
  try {
    return { kind, name, decl: read(text) };
  } catch (error) {
    if (error instanceof ApexCompileError) error.source ??= name;
    throw error;
  }
}

/** What the triggers among sources are for. */
export const triggersIn = (units: readonly ParsedUnit[]): TriggerInfo[] =>
  units
    .map((one) => one.decl)
    .filter((one): one is TriggerDecl => one.kind === 'trigger')
    .map(({ name, object, moments }) => ({ name, object, moments }));

let programs = 0;

/** Compiled classes, triggers and perhaps a block. Any number of transactions may run it. */
export class ApexProgram {
  public readonly compiled: Compiled;
  readonly #start: (runtime: Runtime) => never;
  readonly #stack: StackReader;
  public readonly triggers: readonly TriggerInfo[];

  /**
   * @param keepsProblems whether statements that do not compile stay, to be refused when they are reached
   * @throws ApexCompileError with source, line and column
   */
  public constructor(units: readonly ParsedUnit[], names: Names, keepsProblems = false) {
    this.compiled = compile(units, names);
    const [first] = this.problems;
    if (first && !keepsProblems) throw first;
    this.triggers = triggersIn(units);
    const filename = `apex-program-${++programs}`;
    this.#stack = new StackReader(this.compiled, filename);
    this.#start = new Script(this.compiled.code, { filename }).runInThisContext() as (runtime: Runtime) => never;
  }

  /** Why statements of it do not compile, in the order in which they were met. */
  public get problems(): readonly ApexCompileError[] {
    return this.compiled.problems;
  }

  /** Classes and interfaces by their names in lower case. */
  public get classes(): ReadonlyMap<string, ClassInfo> {
    return this.compiled.infos;
  }

  /** A new transaction: statics are as new. */
  public begin(host: Host, options: RuntimeOptions = {}): Runtime {
    const runtime = new Runtime(this.compiled, host, this.#stack, options);
    runtime.load(this.#start);
    return runtime;
  }
}
