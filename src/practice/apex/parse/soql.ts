import {
  BoundExpressionContext,
  type ApexParseTree,
  type ApexParserRuleContext,
  type ExpressionContext,
  type SoqlLiteralContext,
} from '@apexdevtools/apex-parser';
import type { Expr, SoqlExpr } from './ast.js';
import { posOf, sourceOf } from './tokens.js';

/** A query with its bind expressions taken out: `:b0`, `:b1` stand in the text where they were. */
export function soqlExpr(context: SoqlLiteralContext, read: (context: ExpressionContext) => Expr): SoqlExpr {
  const query = context.query();
  const bounds = boundsOf(query);
  const pieces: string[] = [];
  let from = query.start.start;
  bounds.forEach((bound, index) => {
    pieces.push(sourceOf(query, from, bound.start.start - 1), `:b${index}`);
    from = (bound.stop ?? bound.start).stop + 1;
  });
  pieces.push(sourceOf(query, from, (context.stop ?? context.start).start - 1));
  const binds = bounds.map((bound) => read(bound.expression()));
  return { kind: 'soql', at: posOf(context), text: pieces.join('').trim(), binds };
}

function boundsOf(tree: ApexParseTree): BoundExpressionContext[] {
  if (tree instanceof BoundExpressionContext) return [tree];
  const children = (tree as ApexParserRuleContext & { children: ApexParseTree[] | null }).children ?? [];
  return children.flatMap(boundsOf);
}
