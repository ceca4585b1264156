import type { Pos, TypeName } from '../parse/ast.js';
import { ApexCompileError } from '../parse/errors.js';
import { BASIC_TYPES, exceptionName, plainKey } from '../runtime/basics.js';
import type { NativeType } from '../runtime/native.js';
import { typeParts } from '../runtime/type-text.js';
import type { Names } from '../host.js';
import { isPlatformType } from './platform.js';
import { chainOf, nestOf, type ClassModel, type EnumModel, type SType } from './model.js';

const BASICS = new Map(BASIC_TYPES.map((name) => [name.toLowerCase(), name]));

/** How many arguments generic types take. */
const ARGUMENTS: Readonly<Record<string, number>> = { list: 1, set: 1, map: 2 };

/** Finds types by the names programs use for them. */
export class TypeNames {
  public constructor(
    public readonly top: ReadonlyMap<string, ClassModel | EnumModel>,
    public readonly natives: ReadonlyMap<string, NativeType>,
    private readonly names: Names
  ) {}

  /** A type as it is written inside a class. Unknown ones are refused. */
  public resolve(type: TypeName, inside: ClassModel | undefined): SType {
    const args = type.args.map((arg) => this.resolve(arg, inside));
    const found = this.find(type.name, inside, args) ?? this.missing(type.name);
    if (found === undefined) throw new ApexCompileError(`Invalid type: ${type.name}`, type.at);
    const wanted = ARGUMENTS[found.key.replace(/<.*/s, '')];
    if (wanted !== undefined && found.args.length !== wanted)
      throw new ApexCompileError(`${type.name} takes ${wanted} type argument(s)`, type.at);
    return found;
  }

  /** What stands for a type of the platform that is not here: an Object that can be named, and not made. */
  private missing(name: string): SType | undefined {
    return isPlatformType(name) ? { ...this.basic('Object'), missing: name } : undefined;
  }

  /** A basic type, or one of a library, without a class around. */
  public basic(name: string, ...args: SType[]): SType {
    const found = this.find(name, undefined, args);
    if (found === undefined) throw new Error(`No type ${name}`);
    return found;
  }

  /** A type by a text such as `List<String>`; undefined where it is none that is known. */
  public parse(text: string): SType | undefined {
    const { name, args } = typeParts(text);
    const found = args.map((part) => this.parse(part));
    return found.includes(undefined) ? undefined : this.find(name, undefined, found as SType[]);
  }

  /** A type by its name alone; undefined where there is none. Classes of the program come before those of libraries. */
  public find(name: string, inside: ClassModel | undefined, args: readonly SType[] = []): SType | undefined {
    const model = this.program(name, inside);
    if (model !== undefined) return ofModel(model);
    const key = plainKey(name);
    const basic = BASICS.get(key);
    const native = this.natives.get(key);
    if (basic !== undefined) return { kind: 'basic', ...withArgs(basic, args), native };
    if (native !== undefined)
      return {
        kind: 'native',
        ...withArgs(native.exception === undefined ? native.name : exceptionName(native), args),
        native,
      };
    const shape = this.names.sobject(key);
    return shape === undefined ? undefined : { kind: 'sobject', ...withArgs(shape.name, []) };
  }

  /** A class or enum of the program: inner ones of the classes around and of their parents first. */
  public program(name: string, inside: ClassModel | undefined): ClassModel | EnumModel | undefined {
    const [first = '', ...rest] = name.toLowerCase().split('.');
    const nearest = inside === undefined ? undefined : innerOf(first, inside);
    const start = nearest ?? this.top.get(first);
    return rest.reduce<ClassModel | EnumModel | undefined>(
      (model, part) => (model?.kind === 'class' ? innerAlong(part, model) : undefined),
      start
    );
  }

  /** The type of a class or enum of the program. */
  public of(model: ClassModel | EnumModel): SType {
    return ofModel(model);
  }

  /** Refuses with the words of the platform. */
  public refuse(message: string, at: Pos): never {
    throw new ApexCompileError(message, at);
  }
}

function ofModel(model: ClassModel | EnumModel): SType {
  return { kind: model.kind, name: model.name, key: model.key, args: [], of: model };
}

function withArgs(name: string, args: readonly SType[]): Pick<SType, 'name' | 'key' | 'args' | 'missing'> {
  const full = args.length === 0 ? name : `${name}<${args.map((arg) => arg.name).join(', ')}>`;
  const key = plainKey(name) + (args.length === 0 ? '' : `<${args.map((arg) => arg.key).join(', ')}>`);
  const missing = args.find((arg) => arg.missing !== undefined)?.missing;
  return { name: full, key, args, ...(missing === undefined ? {} : { missing }) };
}

function innerOf(name: string, inside: ClassModel): ClassModel | EnumModel | undefined {
  for (const around of nestOf(inside)) {
    if (around.key.split('.').pop() === name) return around;
    const found = innerAlong(name, around);
    if (found !== undefined) return found;
  }
  return undefined;
}

function innerAlong(name: string, model: ClassModel): ClassModel | EnumModel | undefined {
  return chainOf(model)
    .map((one) => one.inner.get(name))
    .find((one) => one !== undefined);
}

/** Whether a value of one type may stand where the other is wanted; null (undefined) may anywhere. */
export function assignable(from: SType | undefined, to: SType): boolean {
  if (from === undefined || from.key === to.key || to.key === 'object') return true;
  if (from.of?.kind === 'class')
    return chainOf(from.of).some((one) => one.key === to.key) || implementsType(from.of, to);
  const wider = WIDER[from.key];
  if (wider !== undefined) return wider.includes(to.key);
  if (from.kind === 'sobject') return to.key === 'sobject';
  return sameCollection(from, to) || (to.key === 'exception' && from.native?.exception !== undefined);
}

const PRIMITIVES = new Set('boolean integer long double decimal string id date datetime time blob'.split(' '));

/** Whether a value of the one type certainly is none of the other: two primitives of which none becomes the other. */
export function clashes(from: SType | undefined, to: SType): boolean {
  return from !== undefined && PRIMITIVES.has(from.key) && PRIMITIVES.has(to.key) && !assignable(from, to);
}

const WIDER: Readonly<Record<string, readonly string[]>> = {
  integer: ['long', 'double', 'decimal'],
  long: ['double', 'decimal'],
  double: ['decimal'],
  decimal: ['double'],
  id: ['string'],
  string: ['id'],
  date: ['datetime'],
};

function implementsType(model: ClassModel, to: SType): boolean {
  const bare = to.key.replace(/<.*/s, '');
  return (
    chainOf(model).some((one) => one.interfaces.some((type) => reaches(type, bare))) ||
    (bare === 'exception' && chainOf(model).some((one) => one.nativeParent !== undefined))
  );
}

function reaches(type: SType, bare: string): boolean {
  if (type.key.replace(/<.*/s, '') === bare) return true;
  return type.of?.kind === 'class' && type.of.interfaces.some((one) => reaches(one, bare));
}

/** Lists of SObjects may stand for lists of any SObject, and lists and sets for iterables. */
function sameCollection(from: SType, to: SType): boolean {
  const [bareFrom, bareTo] = [from, to].map((type) => type.key.replace(/<.*/s, ''));
  if (bareFrom !== bareTo && !(bareTo === 'iterable' && (bareFrom === 'list' || bareFrom === 'set'))) return false;
  return from.args.every((arg, index) => {
    const wanted = to.args[index];
    return wanted === undefined || assignable(arg, wanted) || (wanted.kind === 'sobject' && arg.key === 'sobject');
  });
}
