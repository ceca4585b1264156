import type { ClassDecl, EnumDecl, Parameter } from '../parse/ast.js';
import { ApexCompileError, unsupported } from '../parse/errors.js';
import { plainKey } from '../runtime/basics.js';
import {
  chainOf,
  type ClassModel,
  type EnumModel,
  type FieldModel,
  type MethodModel,
  type SType,
  type Unit,
} from './model.js';
import type { TypeNames } from './types.js';

/** The model of one declared type and those in it; types they name are found later, by `link`. */
export function modelOf(decl: ClassDecl | EnumDecl, outer: ClassModel | undefined, unit: Unit): ClassModel | EnumModel {
  const name = outer?.unit.kind !== 'class' ? decl.name : `${outer.name}.${decl.name}`;
  const key = name.toLowerCase();
  const common = { name, key, js: `c_${key.replaceAll(/\W/g, '$')}`, outer, unit };
  if (decl.kind === 'enum') return { kind: 'enum', decl, ...common };
  const model: ClassModel = {
    kind: 'class',
    decl,
    ...common,
    inner: new Map(),
    parent: undefined,
    nativeParent: undefined,
    interfaces: [],
    methods: [],
    constructors: [],
    fields: new Map(),
    hasStaticInit: false,
  };
  for (const one of decl.inner) model.inner.set(one.name.toLowerCase(), modelOf(one, model, unit));
  return model;
}

/** All classes of a model, itself first. */
export function classesIn(model: ClassModel | EnumModel): ClassModel[] {
  if (model.kind === 'enum') return [];
  return [model, ...[...model.inner.values()].flatMap(classesIn)];
}

/** Finds parents and interfaces. */
export function linkParents(model: ClassModel, types: TypeNames): void {
  const { decl } = model;
  const interfaces = decl.interfaces.map((one) => types.resolve(one, model.outer ?? model));
  // Nothing here calls what an interface is for that is not here.
  model.interfaces = interfaces.filter(({ key }) => key !== 'object');
  if (decl.parent === undefined) return;
  const parent = types.resolve(decl.parent, model.outer ?? model);
  if (parent.missing !== undefined) model.broken = unsupported(`extends ${parent.missing}`, decl.parent.at);
  else if (parent.of?.kind === 'class') model.parent = parent.of;
  else if (parent.key === 'exception' || parent.native?.exception !== undefined)
    model.nativeParent = plainKey(parent.name);
  else throw new ApexCompileError(`A class cannot extend ${parent.name}`, decl.parent.at);
}

/** Finds the types of members. Parents of all classes are linked by then. */
export function linkMembers(model: ClassModel, types: TypeNames): void {
  const { decl } = model;
  if (model.parent !== undefined && chainOf(model.parent).includes(model))
    throw new ApexCompileError(`Circular definition: ${model.name}`, decl.at);
  const parametersOf = (list: readonly Parameter[]): SType[] => list.map((one) => types.resolve(one.type, model));
  model.methods = decl.methods.map((method) => methodModel(model, method, types));
  model.constructors = decl.constructors.map((one) => {
    const parameters = parametersOf(one.parameters);
    return { decl: one, parameters, signature: signatureOf(parameters) };
  });
  for (const field of fieldsOf(model, types)) {
    if (model.fields.has(field.key)) throw new ApexCompileError(`Field already exists: ${field.name}`, field.at);
    model.fields.set(field.key, field);
  }
  const seen = new Set<string>();
  for (const method of model.methods) {
    const key = `${method.key}(${method.signature})`;
    if (seen.has(key)) throw new ApexCompileError(`Method already defined: ${method.name}`, method.decl.at);
    seen.add(key);
  }
}

/** Marks classes whose first use runs something. */
export function linkStaticInit(model: ClassModel): void {
  model.hasStaticInit = chainOf(model).some((one) =>
    one.decl.initialisers.some(({ isStatic, body }) => isStatic && !('type' in body && body.value === undefined))
  );
}

export function signatureOf(parameters: readonly SType[]): string {
  return parameters.map(({ key, missing = '' }) => key + missing.toLowerCase()).join();
}

function methodModel(owner: ClassModel, decl: ClassDecl['methods'][number], types: TypeNames): MethodModel {
  const parameters = decl.parameters.map((one) => types.resolve(one.type, owner));
  return {
    decl,
    owner,
    name: decl.name,
    key: decl.name.toLowerCase(),
    isStatic:
      decl.modifiers.includes('static') ||
      decl.modifiers.includes('testmethod') ||
      (owner.unit.kind !== 'class' && owner.outer === undefined),
    parameters,
    returns: decl.returns === undefined ? undefined : types.resolve(decl.returns, owner),
    signature: signatureOf(parameters),
  };
}

function fieldsOf(owner: ClassModel, types: TypeNames): FieldModel[] {
  const common = (
    decl: ClassDecl['fields'][number] | ClassDecl['properties'][number]
  ): Omit<FieldModel, 'getter' | 'setter'> => ({
    owner,
    name: decl.name,
    key: decl.name.toLowerCase(),
    isStatic: decl.modifiers.includes('static'),
    type: types.resolve(decl.type, owner),
    modifiers: decl.modifiers,
    annotations: decl.annotations,
    at: decl.at,
  });
  const fields = owner.decl.fields.map((decl) => ({ ...common(decl), getter: false, setter: false }));
  const properties = owner.decl.properties.map((decl) => {
    const open = decl.modifiers.some((one) => ['virtual', 'abstract', 'override'].includes(one));
    const runs = (accessor: typeof decl.getter): boolean => open || (accessor !== undefined && accessor !== 'auto');
    return { ...common(decl), getter: runs(decl.getter), setter: runs(decl.setter) };
  });
  return [...fields, ...properties];
}
