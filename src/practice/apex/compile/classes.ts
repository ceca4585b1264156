import type { BlockStmt, ConstructorDecl, FieldDecl, PropertyDecl, Stmt } from '../parse/ast.js';
import type { Body, Shared } from './body.js';
import { completes } from './completes.js';
import { constructorCall, constructorName, exceptionConstructor } from './creation.js';
import { staticName } from './fields.js';
import { functionCode, type FunctionParts } from './functions.js';
import { chainOf, isException, type ClassModel, type FieldModel, type MethodModel } from './model.js';
import { methodKey, ownKey, plainName } from './signatures.js';
import { blockCode, stmtCode } from './statements.js';

/** The static method that holds the statements of a trigger or block; no program can have a method of that name. */
export const UNIT_METHOD = '$run';

/** What the platform calls a class in a stack. */
export function labelOf(model: ClassModel): string {
  if (model.unit.kind === 'anonymous' && model.outer === undefined) return 'AnonymousBlock';
  return model.unit.kind === 'trigger' ? `Trigger.${model.unit.name}` : `Class.${model.name}`;
}

/** The generated class with its static fields and its static initialiser. */
export function classCode(shared: Shared, model: ClassModel): string {
  if (model.decl.kind === 'interface') return '';
  const parent = model.parent?.js ?? (model.nativeParent === undefined ? '$.Object' : '$.Exception');
  const members = [
    fieldsCode(model),
    ...constructorsCode(shared, model),
    instanceInit(shared, model),
    ...model.methods.filter((one) => one.decl.body !== undefined).map((one) => methodCode(shared, one)),
    ...choosers(shared, model),
    ...model.decl.properties.flatMap((one) => accessorsCode(shared, model, one)),
  ];
  const statics = [...model.fields.values()]
    .filter((one) => one.isStatic)
    .map((one) => `let ${staticName(one)} = null;`);
  return [...statics, `class ${model.js} extends ${parent} {\n${members.join('')}}`, staticInit(shared, model)].join(
    '\n'
  );
}

/** Instance fields are there, as null, before any constructor runs. */
function fieldsCode(model: ClassModel): string {
  const own = [...model.fields.values()].filter((one) => !one.isStatic);
  return `constructor() {super(); ${own.map((one) => `this.f_${one.key} = null;`).join(' ')}}\n`;
}

type Common = Pick<FunctionParts, 'model' | 'isStatic' | 'at' | 'label'>;

function common(model: ClassModel, name: string, at: FunctionParts['at'], isStatic = false): Common {
  return { model, isStatic, at, label: name === '' ? labelOf(model) : `${labelOf(model)}.${name}` };
}

function methodCode(shared: Shared, method: MethodModel): string {
  const { decl, owner, isStatic } = method;
  const parameters = decl.parameters.map((one, index) => ({ ...one, found: method.parameters[index]! }));
  const parts: FunctionParts = {
    ...common(owner, decl.name === UNIT_METHOD ? '' : decl.name, decl.at, isStatic),
    key: methodKey(method),
    own: ownKey(method),
    broken: method.broken,
    returns: method.returns,
    name: shared.signatures.nameOf(method),
    parameters,
    statements: (body) => givingCode(body, decl.body!, method),
  };
  return functionCode(shared, parts, isStatic ? 'static ' : '');
}

/** Statements of what has to give a value. @throws ApexCompileError where they can end without one */
function givingCode(body: Body, block: BlockStmt, { returns }: Pick<MethodModel, 'returns'>): string {
  if (returns && completes(block))
    body.refuse(`Missing return statement required return type: ${returns.name}`, block.at);
  return blockCode(body, block);
}

/** For each overloaded name the function that chooses by the values it gets. */
function choosers(shared: Shared, model: ClassModel): string[] {
  const names = new Map<string, MethodModel>();
  for (const one of model.methods) if (shared.signatures.overloaded(one)) names.set(plainName(one), one);
  return [...names].map(([name, method]) => {
    const all = chainOf(model).flatMap((one) => one.methods.filter((other) => plainName(other) === name));
    const table = new Map(all.reverse().map((one) => [shared.signatures.nameOf(one), one]));
    const choices = [...table].map(
      ([js, one]) => `['${js}', [${one.parameters.map((type) => shared.typeConstant(type)).join(', ')}]]`
    );
    const target = method.isStatic ? model.js : 'this';
    const effect = shared.effects.has(methodKey(method));
    return chooser({ name: `${method.isStatic ? 'static ' : ''}${effect ? '*' : ''}${name}`, target, choices, effect });
  });
}

function chooser(parts: { name: string; target: string; choices: readonly string[]; effect: boolean }): string {
  const chosen = `${parts.target}[$.pick([${parts.choices.join(', ')}], args)](...args)`;
  return `${parts.name}(...args) {return ${parts.effect ? 'yield* ' : ''}${chosen};}\n`;
}

function constructorsCode(shared: Shared, model: ClassModel): string[] {
  const counts = new Set(model.constructors.map((one) => one.parameters.length));
  const declared = model.constructors.map((one) => constructorCode(shared, model, one));
  const choosing = [...counts].flatMap((count) => {
    const same = model.constructors.filter((one) => one.parameters.length === count);
    if (same.length < 2) return [];
    const choices = same.map(
      (one) =>
        `['${constructorName(model, count, one.signature)}', [${one.parameters.map((type) => shared.typeConstant(type)).join(', ')}]]`
    );
    const effect = shared.effects.has(`c:${model.key}$${count}`);
    return [chooser({ name: `${effect ? '*' : ''}${constructorName(model, count)}`, target: 'this', choices, effect })];
  });
  return [...declared, ...choosing, ...builtIn(shared, model, counts)];
}

function constructorCode(shared: Shared, model: ClassModel, one: ClassModel['constructors'][number]): string {
  const count = one.parameters.length;
  const { decl } = one;
  return functionCode(shared, {
    ...common(model, '<init>', decl.at),
    key: `c:${model.key}$${count}`,
    name: constructorName(model, count, one.signature),
    parameters: decl.parameters.map((parameter, index) => ({ ...parameter, found: one.parameters[index]! })),
    statements: (body) => constructorBody(body, model, decl),
  });
}

/** The parent's constructor, then the values of fields, then the rest; `this(...)` leaves the first two to another one. */
function constructorBody(body: Body, model: ClassModel, decl: ConstructorDecl): string {
  const [first, ...rest] = decl.body.body;
  const chain = first?.kind === 'expression' && first.value.kind === 'chain' ? first.value.to : undefined;
  const others = (list: readonly Stmt[]): string => list.map((one) => stmtCode(body, one)).join('\n');
  if (chain === 'this') return others(decl.body.body);
  const init = body.call(`i:${model.key}`, `this.i_${model.js}()`, decl.at);
  if (chain === 'super') return `${stmtCode(body, first!)}\n${init};\n${others(rest)}`;
  return `${implicitSuper(body, model, decl)}${init};\n${others(decl.body.body)}`;
}

function implicitSuper(body: Body, model: ClassModel, { at }: Pick<ConstructorDecl, 'at'>): string {
  if (model.parent === undefined) return '';
  return `${constructorCall(body, model.parent, { target: 'super', args: [], at })};\n`;
}

/** Constructors nobody wrote: without arguments, and those every exception has. */
function builtIn(shared: Shared, model: ClassModel, declared: ReadonlySet<number>): string[] {
  const counts = isException(model) ? [0, 1, 2] : declared.size === 0 ? [0] : [];
  return counts.map((count) => {
    const names = ['l_one', 'l_two'].slice(0, count);
    const decl = { at: model.decl.at };
    return functionCode(shared, {
      ...common(model, '<init>', decl.at),
      key: `c:${model.key}$${count}`,
      name: exceptionConstructor(model, count),
      parameters: names.map((name) => ({
        name: name.slice(2),
        type: { name: 'Object', args: [], at: decl.at },
        found: shared.types.basic('Object'),
      })),
      statements: (body) => {
        const init = body.call(`i:${model.key}`, `this.i_${model.js}()`, decl.at);
        if (!isException(model)) return `${implicitSuper(body, model, decl)}${init};`;
        const inits = chainOf(model)
          .reverse()
          .map((one) => body.call(`i:${one.key}`, `this.i_${one.js}()`, decl.at));
        return `${body.mark(decl.at)}this.$init([${names.join(', ')}]); ${inits.join('; ')};`;
      },
    });
  });
}

function instanceInit(shared: Shared, model: ClassModel): string {
  const parts = model.decl.initialisers.filter((one) => !one.isStatic).map((one) => one.body);
  return functionCode(shared, {
    ...common(model, '<init>', model.decl.at),
    key: `i:${model.key}`,
    name: `i_${model.js}`,
    parameters: [],
    statements: (body) => parts.map((one) => initCode(body, model, one)).join('\n'),
  });
}

function initCode(body: Body, model: ClassModel, part: BlockStmt | FieldDecl): string {
  if (!('type' in part)) return `{${blockCode(body, part)}}`;
  if (part.value === undefined) return '';
  const field = model.fields.get(part.name.toLowerCase())!;
  const target = field.isStatic ? staticName(field) : `this.f_${field.key}`;
  return `${body.mark(part.at)}${target} = ${body.as(part.value, field.type)};`;
}

/** Runs once, when the class is first used; the parent's goes before. */
function staticInit(shared: Shared, model: ClassModel): string {
  if (!model.hasStaticInit) return '';
  const parts = model.decl.initialisers.filter((one) => one.isStatic).map((one) => one.body);
  const { parent } = model;
  const code = functionCode(
    shared,
    {
      ...common(model, '<clinit>', model.decl.at, true),
      key: `z:${model.key}`,
      name: `zi_${model.js}`,
      parameters: [],
      statements: (body) => {
        const up =
          parent?.hasStaticInit === true
            ? `z_${parent.js} || ${body.call(`z:${parent.key}`, `zi_${parent.js}()`, model.decl.at)};`
            : '';
        return `z_${model.js} = true; ${up}${parts.map((one) => initCode(body, model, one)).join('\n')}`;
      },
    },
    'function '
  );
  return `let z_${model.js} = false;\n${code}`;
}

function accessorsCode(shared: Shared, model: ClassModel, decl: PropertyDecl): string[] {
  const field = model.fields.get(decl.name.toLowerCase())!;
  const getter = field.getter && decl.getter !== undefined ? [accessorCode(shared, field, decl.getter, 'get')] : [];
  const setter = field.setter && decl.setter !== undefined ? [accessorCode(shared, field, decl.setter, 'set')] : [];
  return [...getter, ...setter];
}

function accessorCode(shared: Shared, field: FieldModel, accessor: BlockStmt | 'auto', kind: 'get' | 'set'): string {
  const { owner, isStatic, at } = field;
  const kept = isStatic ? staticName(field) : `this.f_${field.key}`;
  const [sign, auto] = kind === 'get' ? ['g', `return ${kept};`] : ['p', `${kept} = l_value;`];
  const value = { name: 'value', type: { name: 'Object', args: [], at }, found: field.type };
  return functionCode(
    shared,
    {
      ...common(owner, field.name, at, isStatic),
      key: isStatic ? `s${sign}:${owner.key}.${field.key}` : `${sign}:${field.key}`,
      name: `${isStatic ? 's' : ''}${sign}_${field.key}`,
      returns: kind === 'get' ? field.type : undefined,
      property: field,
      parameters: kind === 'get' ? [] : [value],
      statements: (body) =>
        accessor === 'auto' ? auto : givingCode(body, accessor, { returns: kind === 'get' ? field.type : undefined }),
    },
    isStatic ? 'static ' : ''
  );
}
