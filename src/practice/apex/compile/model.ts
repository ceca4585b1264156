import type { ClassDecl, EnumDecl, MethodDecl, Pos } from '../parse/ast.js';
import type { ApexCompileError } from '../parse/errors.js';
import type { NativeType } from '../runtime/native.js';
import type { Annotation } from '../runtime/objects.js';

/** A type while compiling. Two are the same where their keys are. */
export type SType = {
  readonly kind: 'basic' | 'class' | 'enum' | 'native' | 'sobject';
  /** As the platform prints it, with arguments. */
  readonly name: string;
  readonly key: string;
  readonly args: readonly SType[];
  readonly of?: ClassModel | EnumModel;
  readonly native?: NativeType;
  /** The platform's type that is meant and not here, or an argument of which; it passes for Object. */
  readonly missing?: string;
};

/** An enum of the program. */
export type EnumModel = {
  readonly kind: 'enum';
  readonly decl: EnumDecl;
  readonly name: string;
  readonly key: string;
  /** The name of what is generated for it. */
  readonly js: string;
  readonly outer: ClassModel | undefined;
  readonly unit: Unit;
};

/** One source: where errors in it are said to be. */
export type Unit = { readonly name: string; readonly kind: 'class' | 'trigger' | 'anonymous' };

/** A method of the program with its types found. */
export type MethodModel = {
  readonly decl: MethodDecl;
  readonly owner: ClassModel;
  readonly name: string;
  readonly key: string;
  readonly isStatic: boolean;
  readonly parameters: readonly SType[];
  /** undefined: void. */
  readonly returns: SType | undefined;
  /** `list<lead>,string`: what overriding goes by. */
  readonly signature: string;
  /** Why its body cannot run here. */
  broken?: ApexCompileError;
};

/** A field or property of the program. */
export type FieldModel = {
  readonly owner: ClassModel;
  readonly name: string;
  readonly key: string;
  readonly isStatic: boolean;
  readonly type: SType;
  /** True where reading (writing) it runs statements or may be overridden. */
  readonly getter: boolean;
  readonly setter: boolean;
  readonly modifiers: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly at: Pos;
};

/** A class or interface of the program. */
export type ClassModel = {
  readonly kind: 'class';
  readonly decl: ClassDecl;
  readonly name: string;
  readonly key: string;
  readonly js: string;
  readonly outer: ClassModel | undefined;
  readonly unit: Unit;
  readonly inner: Map<string, ClassModel | EnumModel>;
  parent: ClassModel | undefined;
  /** The key of a platform's exception it extends. */
  nativeParent: string | undefined;
  interfaces: SType[];
  methods: MethodModel[];
  constructors: ConstructorModel[];
  fields: Map<string, FieldModel>;
  /** True where using the class first runs static initialisers of it or its parents. */
  hasStaticInit: boolean;
  /** Why nothing of it can run here. */
  broken?: ApexCompileError;
};

export type ConstructorModel = {
  readonly decl: ClassDecl['constructors'][number];
  readonly parameters: readonly SType[];
  readonly signature: string;
};

/** The class and its parents, nearest first. */
export function chainOf(model: ClassModel): ClassModel[] {
  const chain: ClassModel[] = [];
  for (let at: ClassModel | undefined = model; at !== undefined && !chain.includes(at); at = at.parent) chain.push(at);
  return chain;
}

/** The class and all classes around it, innermost first. */
export function nestOf(model: ClassModel): ClassModel[] {
  const nest: ClassModel[] = [];
  for (let at: ClassModel | undefined = model; at !== undefined; at = at.outer) nest.push(at);
  return nest;
}

/** Whether it is an exception: somewhere up the chain stands one of the platform. */
export function isException(model: ClassModel): boolean {
  return chainOf(model).some((one) => one.nativeParent !== undefined);
}

/** All interfaces of a class and its parents, of the program and native, also those interfaces extend. */
export function interfacesOf(model: ClassModel): SType[] {
  const found = new Map<string, SType>();
  const visit = (type: SType): void => {
    if (found.has(type.key)) return;
    found.set(type.key, type);
    if (type.of?.kind === 'class') type.of.interfaces.forEach(visit);
  };
  for (const one of chainOf(model)) one.interfaces.forEach(visit);
  return [...found.values()];
}

/** Lower-case names of everything an instance is; arguments left off. */
export function supertypesOf(model: ClassModel): Set<string> {
  const bare = (type: SType): string => type.key.replace(/<.*/s, '');
  const up = chainOf(model);
  const natives = up.flatMap((one) => (one.nativeParent === undefined ? [] : [one.nativeParent, 'exception']));
  return new Set([...up.map((one) => one.key), ...natives, ...interfacesOf(model).map(bare)]);
}

/** Whether a method runs later, in a transaction of its own. */
export const isFuture = ({ decl }: MethodModel): boolean => decl.annotations.some(({ name }) => name === 'future');
