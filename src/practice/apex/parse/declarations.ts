import type * as tree from '@apexdevtools/apex-parser';
import type { Annotation, Sharing } from '../runtime/objects.js';
import type {
  ClassDecl,
  ConstructorDecl,
  EnumDecl,
  FieldDecl,
  Initialiser,
  MethodDecl,
  Parameter,
  PropertyDecl,
} from './ast.js';
import { ApexCompileError } from './errors.js';
import { expr } from './expressions.js';
import { block } from './statements.js';
import { annotationValue, posOf } from './tokens.js';
import { typeName, typeNames } from './types.js';

type Modifiers = readonly tree.ModifierContext[];

/** Modifiers in lower case, annotations apart. `testMethod` counts as the annotation @IsTest. */
export function modifiersOf(list: Modifiers): { modifiers: string[]; annotations: Annotation[] } {
  const words = list.filter((one) => one.annotation() === null).map((one) => one.getText().toLowerCase());
  const annotations = list.flatMap((one) => (one.annotation() === null ? [] : [annotation(one.annotation())]));
  if (words.includes('testmethod')) annotations.push({ name: 'istest', values: {} });
  return { modifiers: words, annotations };
}

function annotation(context: tree.AnnotationContext): Annotation {
  const pairs = context.elementValuePairs()?.elementValuePair_list() ?? [];
  const entries = pairs.map((pair) => [
    pair.id().getText().toLowerCase(),
    annotationValue(pair.elementValue().getText()),
  ]);
  const single = context.elementValue();
  if (single !== null) entries.push(['value', annotationValue(single.getText())]);
  return { name: context.id().getText().toLowerCase(), values: Object.fromEntries(entries) as Annotation['values'] };
}

function sharingOf(modifiers: readonly string[]): Sharing {
  const word = modifiers.find((one) => one.endsWith('sharing'));
  return word === undefined ? undefined : (word.replace('sharing', '') as Sharing);
}

/** What a class declares, sorted by kind. */
class Members {
  public readonly methods: MethodDecl[] = [];
  public readonly constructors: ConstructorDecl[] = [];
  public readonly fields: FieldDecl[] = [];
  public readonly properties: PropertyDecl[] = [];
  public readonly initialisers: Initialiser[] = [];
  public readonly inner: Array<ClassDecl | EnumDecl> = [];

  public add(member: tree.MemberDeclarationContext, modifiers: Modifiers): void {
    const constructed = member.constructorDeclaration();
    if (constructed !== null) this.constructors.push(constructorDecl(constructed, modifiers));
    else this.addOther(member, modifiers);
  }

  /** Members that blocks and triggers may have too. */
  public addOther(member: tree.AnonymousMemberDeclarationContext, modifiers: Modifiers): void {
    const method = member.methodDeclaration();
    if (method !== null) this.methods.push(methodDecl(method, modifiers));
    const property = member.propertyDeclaration();
    if (property !== null) this.properties.push(propertyDecl(property, modifiers));
    const field = member.fieldDeclaration();
    if (field !== null) this.addFields(fieldDecls(field, modifiers));
    const inner = innerType(member, modifiers);
    if (inner !== undefined) this.inner.push(inner);
  }

  public addFields(fields: readonly FieldDecl[]): void {
    this.fields.push(...fields);
    this.initialisers.push(...fields.map((body) => ({ isStatic: body.modifiers.includes('static'), body })));
  }
}

type Typed = Pick<
  tree.AnonymousMemberDeclarationContext,
  'classDeclaration' | 'enumDeclaration' | 'interfaceDeclaration'
>;

/** The class, interface or enum a declaration holds, where it holds one. */
export function innerType(member: Typed, modifiers: Modifiers): ClassDecl | EnumDecl | undefined {
  const declared = member.classDeclaration();
  if (declared !== null) return classDecl(declared, modifiers);
  const contract = member.interfaceDeclaration();
  if (contract !== null) return interfaceDecl(contract, modifiers);
  const values = member.enumDeclaration();
  return values === null ? undefined : enumDecl(values, modifiers);
}

/** Members of a unit that is no class: what a block or a trigger declares. */
export function membersOf(
  declared: ReadonlyArray<readonly [tree.AnonymousMemberDeclarationContext, Modifiers]>
): Members {
  const members = new Members();
  for (const [member, modifiers] of declared) members.addOther(member, modifiers);
  return members;
}

function classDecl(context: tree.ClassDeclarationContext, list: Modifiers): ClassDecl {
  const members = new Members();
  for (const one of context.classBody().classBodyDeclaration_list()) addBodyPart(members, one);
  const modified = modifiersOf(list);
  return {
    kind: 'class',
    ...modified,
    at: posOf(context.id()),
    name: context.id().getText(),
    parent: context.typeRef() === null ? undefined : typeName(context.typeRef()),
    interfaces: typeNames(context.typeList()),
    sharing: sharingOf(modified.modifiers),
    ...members,
  };
}

function addBodyPart(members: Members, part: tree.ClassBodyDeclarationContext): void {
  const body = part.block();
  if (body !== null) members.initialisers.push({ isStatic: part.STATIC() !== null, body: block(body) });
  const member = part.memberDeclaration();
  if (member !== null) members.add(member, part.modifier_list());
}

function interfaceDecl(context: tree.InterfaceDeclarationContext, list: Modifiers): ClassDecl {
  const methods = context.interfaceBody().interfaceMethodDeclaration_list().map(interfaceMethod);
  const nothing = { constructors: [], fields: [], properties: [], initialisers: [], inner: [] };
  const head = { ...modifiersOf(list), at: posOf(context.id()), name: context.id().getText() };
  const interfaces = typeNames(context.typeList());
  return { kind: 'interface', ...head, parent: undefined, interfaces, sharing: undefined, methods, ...nothing };
}

function interfaceMethod(context: tree.InterfaceMethodDeclarationContext): MethodDecl {
  return { ...signature(context), ...modifiersOf(context.modifier_list()), body: undefined };
}

function enumDecl(context: tree.EnumDeclarationContext, list: Modifiers): EnumDecl {
  const values = (context.enumConstants()?.id_list() ?? []).map((id) => id.getText());
  return { kind: 'enum', ...modifiersOf(list), at: posOf(context.id()), name: context.id().getText(), values };
}

type Signature = Pick<tree.MethodDeclarationContext, 'id' | 'formalParameters' | 'typeRef'>;

function signature(context: Signature): Pick<MethodDecl, 'name' | 'parameters' | 'returns' | 'at'> {
  const returns = context.typeRef();
  return {
    name: context.id().getText(),
    at: posOf(context.id()),
    parameters: parametersOf(context.formalParameters()),
    returns: returns === null ? undefined : typeName(returns),
  };
}

function methodDecl(context: tree.MethodDeclarationContext, list: Modifiers): MethodDecl {
  const body = context.block();
  return { ...signature(context), ...modifiersOf(list), body: body === null ? undefined : block(body) };
}

function constructorDecl(context: tree.ConstructorDeclarationContext, list: Modifiers): ConstructorDecl {
  const parameters = parametersOf(context.formalParameters());
  return { ...modifiersOf(list), at: posOf(context), parameters, body: block(context.block()) };
}

function parametersOf(context: tree.FormalParametersContext): Parameter[] {
  const list = context.formalParameterList()?.formalParameter_list() ?? [];
  return list.map((one) => ({ name: one.id().getText(), type: typeName(one.typeRef()) }));
}

function fieldDecls(context: tree.FieldDeclarationContext, list: Modifiers): FieldDecl[] {
  const type = typeName(context.typeRef());
  return context
    .variableDeclarators()
    .variableDeclarator_list()
    .map((one) => ({
      ...modifiersOf(list),
      at: posOf(one),
      type,
      name: one.id().getText(),
      value: one.expression() === null ? undefined : expr(one.expression()),
    }));
}

function propertyDecl(context: tree.PropertyDeclarationContext, list: Modifiers): PropertyDecl {
  const blocks = context.propertyBlock_list();
  const accessor = (
    pick: (one: tree.PropertyBlockContext) => tree.GetterContext | tree.SetterContext | null
  ): PropertyDecl['getter'] => {
    const found = blocks.map(pick).filter((one) => one !== null);
    if (found.length > 1) throw new ApexCompileError('Accessor is declared twice', posOf(context));
    const body = found[0]?.block() ?? null;
    return found.length === 0 ? undefined : body === null ? 'auto' : block(body);
  };
  return {
    ...modifiersOf(list),
    at: posOf(context.id()),
    type: typeName(context.typeRef()),
    name: context.id().getText(),
    getter: accessor((one) => one.getter()),
    setter: accessor((one) => one.setter()),
  };
}
