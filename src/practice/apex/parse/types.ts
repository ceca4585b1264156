import type { TypeArgumentsContext, TypeListContext, TypeNameContext, TypeRefContext } from '@apexdevtools/apex-parser';
import type { TypeName } from './ast.js';
import { posOf } from './tokens.js';

/** A type as it is written; brackets make it a list. */
export function typeName(context: TypeRefContext): TypeName {
  const parts = context.typeName_list();
  const args = parts.flatMap((part) => typeArguments(part.typeArguments()));
  const plain = { name: parts.map(nameOf).join('.'), args, at: posOf(context) };
  const brackets = context.arraySubscripts()?.LBRACK_list().length ?? 0;
  return Array.from({ length: brackets }).reduce<TypeName>(
    (element) => ({ name: 'List', args: [element], at: element.at }),
    plain
  );
}

/** All types of a list of them. */
export function typeNames(context: TypeListContext | null): TypeName[] {
  return (context?.typeRef_list() ?? []).map(typeName);
}

function typeArguments(context: TypeArgumentsContext | null): TypeName[] {
  return typeNames(context?.typeList() ?? null);
}

function nameOf(context: TypeNameContext): string {
  return (context.id() ?? context.LIST() ?? context.SET() ?? context.MAP()).getText();
}
