import type { AnonymousDecl, ClassDecl, EnumDecl, TriggerDecl } from '../parse/ast.js';
import { ApexCompileError } from '../parse/errors.js';
import { nativesByKey } from '../runtime/basics.js';
import type { NativeType } from '../runtime/native.js';
import type { ClassInfo, EnumInfo } from '../runtime/objects.js';
import type { Names } from '../host.js';
import type { Shared } from './body.js';
import { classCode, UNIT_METHOD } from './classes.js';
import { markCallbacks } from './callbacks.js';
import { checkClass } from './checks.js';
import { classesIn, linkMembers, linkParents, linkStaticInit, modelOf } from './declare.js';
import { CallGraph } from './effects.js';
import { infoOf } from './infos.js';
import { chainOf, type ClassModel, type EnumModel, type SType, type Unit } from './model.js';
import { OPERATOR_FUNCTIONS } from './operators.js';
import { Places, settle, type Settled, type SourcePlace } from './places.js';
import { Signatures } from './signatures.js';
import { TypeNames } from './types.js';

/** A parsed source with the name errors in it are told by. */
export type ParsedUnit = Unit & { readonly decl: ClassDecl | EnumDecl | TriggerDecl | AnonymousDecl };

/** What is generated for a whole program; `runtime/` makes transactions of it. */
export type Compiled = Settled & {
  readonly places: readonly SourcePlace[];
  /** What has no code, and why: whoever reaches it is told. */
  readonly problems: readonly ApexCompileError[];
  readonly infos: ReadonlyMap<string, ClassInfo>;
  readonly enums: ReadonlyMap<string, EnumInfo>;
  readonly natives: ReadonlyMap<string, NativeType>;
  readonly names: Names;
  /** Keys of bodies that are generators (`effects.ts`). */
  readonly effects: ReadonlySet<string>;
};

/**
 * Compiles sources that belong together. Statements that do not compile are problems of theirs alone.
 * @throws ApexCompileError with the name of the source, where a declaration does not
 */
export function compile(units: readonly ParsedUnit[], names: Names): Compiled {
  const models = units.map((unit) => modelOf(typeOf(unit), undefined, { name: unit.name, kind: unit.kind }));
  const types = new TypeNames(topOf(models), nativesByKey(names.natives), names);
  const classes = models.flatMap(classesIn);
  for (const one of classes) inUnit(one, () => linkParents(one, types));
  for (const one of classes) inUnit(one, () => linkMembers(one, types));
  for (const one of classes) inUnit(one, () => checkClass(one));
  classes.forEach(linkStaticInit);
  const blank = { classes, models, types, names, effects: new Set<string>(), recursive: new Set<string>() };
  let first = pass(blank);
  while (markCallbacks(classes, first.graph)) first = pass(blank);
  const [effects, recursive] = [first.graph.effects(), first.graph.recursive()];
  const second = pass({ classes, models, types, names, effects, recursive });
  return {
    ...settle(second.text),
    places: second.places.list,
    problems: second.problems,
    infos: new Map(classes.map((one) => [one.key, infoOf(one)])),
    enums: new Map(enumsIn(models).map((one) => [one.key, { name: one.name, values: one.decl.values }])),
    natives: types.natives,
    names,
    effects,
  };
}

/** A trigger or a block as a class of its own: its statements are a static method. */
function typeOf({ decl }: ParsedUnit): ClassDecl | EnumDecl {
  if (decl.kind !== 'trigger' && decl.kind !== 'anonymous') return decl;
  const name = decl.kind === 'trigger' ? `trigger ${decl.name}` : 'anonymous block';
  const nothing = { modifiers: [], annotations: [], at: decl.at };
  const run = { ...nothing, name: UNIT_METHOD, parameters: [], returns: undefined, body: decl.body };
  return {
    ...nothing,
    kind: 'class',
    name,
    parent: undefined,
    interfaces: [],
    sharing: decl.kind === 'trigger' ? 'without' : undefined,
    methods: [run, ...decl.methods],
    constructors: [],
    fields: [],
    properties: [],
    initialisers: [],
    inner: decl.kind === 'trigger' ? [] : decl.inner,
  };
}

function topOf(models: ReadonlyArray<ClassModel | EnumModel>): Map<string, ClassModel | EnumModel> {
  const top = new Map<string, ClassModel | EnumModel>();
  for (const model of models) {
    if (top.has(model.key))
      throw new ApexCompileError(`Duplicate class: ${model.name}`, model.decl.at, model.unit.name);
    top.set(model.key, model);
  }
  return top;
}

function enumsIn(models: ReadonlyArray<ClassModel | EnumModel>): EnumModel[] {
  return models.flatMap((one) => (one.kind === 'enum' ? [one] : enumsIn([...one.inner.values()])));
}

/** Runs something for a class; errors get the name of its source. */
function inUnit<Result>(model: ClassModel, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApexCompileError) error.source ??= model.unit.name;
    throw error;
  }
}

type PassInput = Pick<Shared, 'types' | 'names' | 'effects' | 'recursive'> & {
  readonly classes: readonly ClassModel[];
  readonly models: ReadonlyArray<ClassModel | EnumModel>;
};

type Passed = { text: string; places: Places; graph: CallGraph; problems: readonly ApexCompileError[] };

function pass(input: PassInput): Passed {
  const constants = new Map<string, string>();
  const shared: Shared = {
    ...input,
    places: new Places(),
    problems: [],
    graph: new CallGraph(),
    signatures: new Signatures(input.classes),
    typeConstant: (type: SType) => {
      const known = constants.get(type.name) ?? `t_${constants.size}`;
      constants.set(type.name, known);
      return known;
    },
  };
  const ordered = [...input.classes].sort((one, other) => chainOf(one).length - chainOf(other).length);
  const classes = ordered.map((one) => inUnit(one, () => classCode(shared, one)));
  const text = programText(input, constants, classes);
  const { places, graph, problems } = shared;
  return { text, places, graph, problems };
}

function programText(input: PassInput, constants: ReadonlyMap<string, string>, classes: readonly string[]): string {
  const functions = [...new Set(OPERATOR_FUNCTIONS)].join(', ');
  const enums = enumsIn(input.models).map((one) => `const ${one.js} = $.enumConstants(${JSON.stringify(one.name)});`);
  const types = [...constants].map(([name, js]) => `const ${js} = $.type(${JSON.stringify(name)});`);
  const registry = input.classes
    .filter((one) => one.decl.kind === 'class')
    .map((one) => {
      const init = one.hasStaticInit ? `() => z_${one.js} ? undefined : zi_${one.js}()` : 'undefined';
      return `${JSON.stringify(one.key)}: {js: ${JSON.stringify(one.js)}, of: ${one.js}, init: ${init}}`;
    });
  return [
    `(function ($) {'use strict'; const {${functions}} = $;`,
    ...enums,
    ...types,
    ...classes,
    `return {${registry.join(',\n')}};`,
    '})',
  ].join('\n');
}
