import type * as tree from '@apexdevtools/apex-parser';
import type { ExpressionContext, ExpressionListContext } from '@apexdevtools/apex-parser';
import type { Expr, NewExpr, TypeName } from './ast.js';
import { posOf } from './tokens.js';
import { typeNames } from './types.js';

type ReadOne = (context: ExpressionContext) => Expr;
type ReadList = (context: ExpressionListContext | null) => Expr[];

/** `new X(...)`, `new List<X>{...}`, `new Map<K, V>{k => v}`, `new X[3]`, `new X[]{...}`. */
export function creatorExpr(context: tree.NewExpressionContext, one: ReadOne, list: ReadList): NewExpr {
  const creator = context.creator();
  const at = posOf(context);
  const type = createdType(creator.createdName());
  const called = creator.classCreatorRest();
  if (called !== null) return { kind: 'new', at, type, form: 'args', args: list(called.arguments().expressionList()) };
  const array = creator.arrayCreatorRest();
  if (array !== null) return arrayExpr(array, { at, type, one });
  const pairs = creator.mapCreatorRest();
  if (pairs !== null) {
    const args = pairs.mapCreatorRestPair_list().flatMap((pair) => pair.expression_list().map(one));
    return { kind: 'new', at, type, form: 'pairs', args };
  }
  const elements = creator.setCreatorRest()?.expression_list() ?? [];
  return { kind: 'new', at, type, form: 'elements', args: elements.map(one) };
}

function arrayExpr(
  array: tree.ArrayCreatorRestContext,
  { at, type, one }: { at: NewExpr['at']; type: TypeName; one: ReadOne }
): NewExpr {
  const list: TypeName = { name: 'List', args: [type], at };
  const size = array.expression();
  if (size !== null) return { kind: 'new', at, type: list, form: 'size', args: [one(size)] };
  const elements = array.arrayInitializer()?.expression_list() ?? [];
  return { kind: 'new', at, type: list, form: 'elements', args: elements.map(one) };
}

function createdType(context: tree.CreatedNameContext): TypeName {
  const parts = context.idCreatedNamePair_list();
  return {
    name: parts.map((part) => part.anyId().getText()).join('.'),
    args: parts.flatMap((part) => typeNames(part.typeList())),
    at: posOf(context),
  };
}
