/** Whether statements can come to their end: a method that gives something must not. */
import type { Expr, Stmt } from '../parse/ast.js';

type Rules = { readonly [Kind in Stmt['kind']]?: (stmt: Extract<Stmt, { kind: Kind }>) => boolean };

const never = (): boolean => false;

const loop = ({ test, body }: { test: Expr | undefined; body: Stmt }): boolean => !isEndless(test) || breaks(body);

/** All but these have an end always. */
const RULES: Rules = {
  return: never,
  throw: never,
  missing: never,
  break: never,
  continue: never,
  block: ({ body }) => body.every(completes),
  runAs: ({ body }) => completes(body),
  if: ({ yes, no }) => no === undefined || completes(yes) || completes(no),
  while: loop,
  for: loop,
  do: ({ test, body }) => (!isEndless(test) && (completes(body) || continues(body))) || breaks(body),
  try: ({ body, catches, finally: last }) =>
    [body, ...catches.map((one) => one.body)].some(completes) && (last === undefined || completes(last)),
  switch: ({ whens }) => !whens.some(({ match }) => match.kind === 'else') || whens.some(({ body }) => completes(body)),
};

/** Whether what follows a statement can be reached. What is missing here counts as a statement that ends. */
export function completes(stmt: Stmt): boolean {
  const rule = RULES[stmt.kind] as ((stmt: Stmt) => boolean) | undefined;
  return rule?.(stmt) ?? true;
}

const isEndless = (test: Expr | undefined): boolean =>
  test === undefined || (test.kind === 'literal' && test.text === 'true');

const breaks = (stmt: Stmt): boolean => jumps(stmt, 'break');
const continues = (stmt: Stmt): boolean => jumps(stmt, 'continue');

/** Whether a loop's body leaves by a word that is meant for that loop. */
function jumps(stmt: Stmt, word: 'break' | 'continue'): boolean {
  const inside = (one: Stmt | undefined): boolean => one !== undefined && jumps(one, word);
  switch (stmt.kind) {
    case 'block':
      return stmt.body.some(inside);
    case 'if':
      return inside(stmt.yes) || inside(stmt.no);
    case 'runAs':
      return inside(stmt.body);
    case 'try':
      return [stmt.body, stmt.finally, ...stmt.catches.map(({ body }) => body)].some(inside);
    case 'switch':
      return stmt.whens.some(({ body }) => inside(body));
    default:
      return stmt.kind === word;
  }
}
