import type { ClassDecl } from '../parse/ast.js';
import type { ClassInfo, FieldInfo, MethodInfo } from '../runtime/objects.js';
import { supertypesOf, type ClassModel, type MethodModel } from './model.js';

/** What is known of a class at run time, and what tools ask about it. */
export function infoOf(model: ClassModel): ClassInfo {
  const { decl } = model;
  return {
    name: model.name,
    isInterface: decl.kind === 'interface',
    isAbstract: decl.modifiers.includes('abstract'),
    sharing: decl.sharing,
    modifiers: decl.modifiers,
    annotations: decl.annotations,
    methods: model.methods.map(methodInfo),
    fields: [...decl.fields, ...decl.properties].map((one) => fieldInfo(model, one)),
    supertypes: supertypesOf(model),
    parent: model.parent?.key ?? model.nativeParent,
  };
}

function methodInfo(method: MethodModel): MethodInfo {
  const { decl } = method;
  return {
    name: decl.name,
    parameters: decl.parameters.map((one, index) => ({ name: one.name, type: method.parameters[index]!.name })),
    returns: method.returns?.name ?? 'void',
    isStatic: method.isStatic,
    modifiers: decl.modifiers,
    annotations: decl.annotations,
    line: decl.at.line,
  };
}

function fieldInfo(model: ClassModel, decl: ClassDecl['fields'][number] | ClassDecl['properties'][number]): FieldInfo {
  const field = model.fields.get(decl.name.toLowerCase())!;
  return {
    name: field.name,
    type: field.type.name,
    isStatic: field.isStatic,
    isProperty: 'getter' in decl,
    modifiers: decl.modifiers,
    annotations: decl.annotations,
  };
}
