import type { Pos } from '../parse/ast.js';
import { ApexCompileError, unsupported } from '../parse/errors.js';
import {
  chainOf,
  interfacesOf,
  isException,
  isFuture,
  type ClassModel,
  type MethodModel,
  type SType,
} from './model.js';

/** What classes have to have that implement an interface of the platform: names with counts of arguments. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  comparable: ['compareTo/1'],
  comparator: ['compare/2'],
  iterable: ['iterator/0'],
  iterator: ['hasNext/0', 'next/0'],
  callable: ['call/2'],
  queueable: ['execute/1'],
  schedulable: ['execute/1'],
  finalizer: ['execute/1'],
  'database.batchable': ['start/1', 'execute/2', 'finish/1'],
};

/** Methods of Object that a class may override without a parent of its own. */
const OF_OBJECT = new Set(['tostring', 'equals', 'hashcode']);

/** Refuses a class that the platform would not compile, and marks one that the generated code could not tell apart. */
export function checkClass(model: ClassModel): void {
  model.methods.forEach(checkFuture);
  checkFields(model);
  model.methods.filter((one) => !one.isStatic).forEach(checkOverride);
  if (model.decl.kind === 'class' && !model.decl.modifiers.includes('abstract')) checkComplete(model);
}

/** Parent and child keep their fields in one object, by name. */
function checkFields(model: ClassModel): void {
  const above = chainOf(model).slice(1);
  for (const field of model.fields.values()) {
    const same = above.map((one) => one.fields.get(field.key)).find((one) => one?.isStatic === false);
    if (same === undefined || field.isStatic || (same.getter && field.getter)) continue;
    model.broken ??= unsupported(
      `a field named as one of the parent class ${same.owner.name}: ${field.name}`,
      field.at
    );
  }
}

const FUTURE_TYPES = new Set('blob boolean date datetime decimal double id integer long string time'.split(' '));

/** Methods with @future are static, give nothing, and take primitives and collections of them. */
function checkFuture(method: MethodModel): void {
  const { decl, isStatic, returns, parameters } = method;
  if (!isFuture(method)) return;
  // The words are not verified.
  if (!isStatic) throw new ApexCompileError(`Future methods must be static: ${decl.name}`, decl.at);
  if (returns) throw new ApexCompileError(`Future methods must be void: ${decl.name}`, decl.at);
  const plain = ({ key, args }: SType): boolean => (args.length > 0 ? args.every(plain) : FUTURE_TYPES.has(key));
  const other = parameters.find((type) => !plain(type));
  if (other) throw new ApexCompileError(`Future methods do not support parameter type of ${other.name}`, decl.at);
}

function checkOverride(method: MethodModel): void {
  const { owner, decl, name } = method;
  if (owner.decl.kind === 'interface') return;
  const above = inherited(owner, method);
  const says = decl.modifiers.includes('override');
  if (above === undefined) {
    if (says && !OF_OBJECT.has(method.key) && !isException(owner) && !implemented(owner, method))
      throw new ApexCompileError(`@Override specified for non-overriding method: ${name}`, decl.at);
    return;
  }
  if (isPrivate(above)) {
    owner.broken ??= unsupported(`a method named as a private one of ${above.owner.name}: ${name}`, decl.at);
    return;
  }
  if (!['virtual', 'abstract', 'override'].some((word) => above.decl.modifiers.includes(word)))
    throw new ApexCompileError(`Non-virtual, non-abstract methods cannot be overridden: ${name}`, decl.at);
  if (!says) throw new ApexCompileError(`Method must use the override keyword: ${name}`, decl.at);
}

/** Members are private where they say nothing else. */
function isPrivate({ decl }: MethodModel): boolean {
  const open = ['public', 'global', 'protected', 'virtual', 'abstract', 'override'];
  return !decl.modifiers.some((word) => open.includes(word));
}

function inherited(owner: ClassModel, method: MethodModel): MethodModel | undefined {
  return chainOf(owner)
    .slice(1)
    .flatMap((one) => one.methods)
    .find((other) => sameMethod(other, method) && !other.isStatic);
}

function sameMethod(one: MethodModel, other: MethodModel): boolean {
  return one.key === other.key && one.signature === other.signature;
}

function implemented(owner: ClassModel, method: MethodModel): boolean {
  return interfacesOf(owner).some(
    ({ of }) => of?.kind === 'class' && of.methods.some((one) => sameMethod(one, method))
  );
}

/** All that is abstract above has a body here. */
function checkComplete(model: ClassModel): void {
  const own = chainOf(model).flatMap((one) =>
    one.methods.filter((method) => method.decl.body !== undefined && !method.isStatic)
  );
  const abstracts = chainOf(model).flatMap((one) => one.methods.filter((method) => method.decl.body === undefined));
  const contracts = interfacesOf(model).flatMap(({ of }) => (of?.kind === 'class' ? of.methods : []));
  for (const wanted of [...abstracts, ...contracts])
    if (!own.some((one) => sameMethod(one, wanted)))
      missing(model, `${wanted.owner.name}.${wanted.name}`, model.decl.at);
  for (const type of interfacesOf(model))
    for (const wanted of REQUIRED[type.key.replace(/<.*/s, '')] ?? []) {
      const [name = '', count] = wanted.split('/');
      const found = own.some((one) => one.key === name.toLowerCase() && one.parameters.length === Number(count));
      if (!found) missing(model, `${type.name}.${name}`, model.decl.at);
    }
}

function missing(model: ClassModel, method: string, at: Pos): never {
  throw new ApexCompileError(`Class ${model.name} must implement the method: ${method}`, at);
}
