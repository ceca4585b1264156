import type * as tree from '@apexdevtools/apex-parser';
import type {
  BlockStmt,
  CatchClause,
  DmlOperation,
  DmlStmt,
  Expr,
  ForEachStmt,
  ForStmt,
  LocalStmt,
  Pos,
  Stmt,
  SwitchStmt,
  TryStmt,
  WhenClause,
} from './ast.js';
import { expr, exprs, whenValue } from './expressions.js';
import { posOf, sourceOf } from './tokens.js';
import { typeName } from './types.js';

/** A block and what stands in it. */
export function block(context: tree.BlockContext): BlockStmt {
  return { kind: 'block', at: posOf(context), body: context.statement_list().map(statement) };
}

/** A statement; what is not known is refused where it is reached. */
export function statement(context: tree.StatementContext): Stmt {
  for (const read of READERS) {
    const found = read(context);
    if (found !== undefined) return found;
  }
  return { kind: 'missing', what: `"${sourceOf(context).split('\n')[0]}"`, at: posOf(context) };
}

type StatementReader = (context: tree.StatementContext) => Stmt | undefined;

/** Reads the part of a statement that `pick` takes, where it is there. */
function part<Part>(
  pick: (context: tree.StatementContext) => Part | null,
  read: (part: Part, at: Pos) => Stmt
): StatementReader {
  return (context) => {
    const picked = pick(context);
    return picked === null ? undefined : read(picked, posOf(context));
  };
}

const READERS: readonly StatementReader[] = [
  part(
    (c) => c.expressionStatement(),
    (s, at) => ({ kind: 'expression', at, value: expr(s.expression()) })
  ),
  part(
    (c) => c.localVariableDeclarationStatement(),
    (s) => local(s.localVariableDeclaration())
  ),
  part((c) => c.block(), block),
  part((c) => c.ifStatement(), ifStatement),
  part(
    (c) => c.returnStatement(),
    (s, at) => ({ kind: 'return', at, value: optional(s.expression()) })
  ),
  part((c) => c.forStatement(), forStatement),
  part(
    (c) => c.whileStatement(),
    (s, at) => ({
      kind: 'while',
      at,
      test: expr(s.parExpression().expression()),
      body: bodyOf(s.statement(), at),
    })
  ),
  part(
    (c) => c.doWhileStatement(),
    (s, at) => ({
      kind: 'do',
      at,
      test: expr(s.parExpression().expression()),
      body: block(s.block()),
    })
  ),
  part((c) => c.tryStatement(), tryStatement),
  part(
    (c) => c.throwStatement(),
    (s, at) => ({ kind: 'throw', at, value: expr(s.expression()) })
  ),
  part(
    (c) => c.breakStatement(),
    (_s, at) => ({ kind: 'break', at })
  ),
  part(
    (c) => c.continueStatement(),
    (_s, at) => ({ kind: 'continue', at })
  ),
  part((c) => c.switchStatement(), switchStatement),
  part(
    (c) => c.insertStatement(),
    (s, at) => dml('insert', s, at)
  ),
  part(
    (c) => c.updateStatement(),
    (s, at) => dml('update', s, at)
  ),
  part(
    (c) => c.deleteStatement(),
    (s, at) => dml('delete', s, at)
  ),
  part(
    (c) => c.undeleteStatement(),
    (s, at) => dml('undelete', s, at)
  ),
  part(
    (c) => c.upsertStatement(),
    (s, at) => dml('upsert', s, at, s.qualifiedName()?.getText())
  ),
  part(
    (c) => c.runAsStatement(),
    (s, at) => {
      const [user, ...more] = exprs(s.expressionList());
      if (user === undefined || more.length > 0) return { kind: 'missing', what: 'runAs without exactly one user', at };
      return { kind: 'runAs', at, user, body: block(s.block()) };
    }
  ),
];

function optional(context: tree.ExpressionContext | null): Expr | undefined {
  return context === null ? undefined : expr(context);
}

/** The body of a loop, which may be a lone semicolon. */
function bodyOf(context: tree.StatementContext | null, at: Pos): Stmt {
  return context === null ? { kind: 'block', at, body: [] } : statement(context);
}

/** Variables of one declaration. */
export function local(context: tree.LocalVariableDeclarationContext): LocalStmt {
  const variables = context
    .variableDeclarators()
    .variableDeclarator_list()
    .map((one) => ({ name: one.id().getText(), value: optional(one.expression()), at: posOf(one) }));
  return { kind: 'local', at: posOf(context), type: typeName(context.typeRef()), variables };
}

function ifStatement(context: tree.IfStatementContext, at: Pos): Stmt {
  const [yes, no] = context.statement_list().map(statement);
  return { kind: 'if', at, test: expr(context.parExpression().expression()), yes: yes!, no };
}

function forStatement(context: tree.ForStatementContext, at: Pos): ForStmt | ForEachStmt {
  const control = context.forControl();
  const body = bodyOf(context.statement(), at);
  const each = control.enhancedForControl();
  if (each !== null) {
    const over = expr(each.expression());
    return { kind: 'forEach', at, type: typeName(each.typeRef()), name: each.id().getText(), over, body };
  }
  const start = control.forInit();
  const variables = start?.localVariableDeclaration() ?? null;
  const init = variables === null ? exprs(start?.expressionList() ?? null) : local(variables);
  const update = exprs(control.forUpdate()?.expressionList() ?? null);
  return { kind: 'for', at, init, test: optional(control.expression()), update, body };
}

function tryStatement(context: tree.TryStatementContext, at: Pos): TryStmt {
  const last = context.finallyBlock();
  const catches = context.catchClause_list().map(catchClause);
  return {
    kind: 'try',
    at,
    body: block(context.block()),
    catches,
    finally: last === null ? undefined : block(last.block()),
  };
}

function catchClause(context: tree.CatchClauseContext): CatchClause {
  const type = { name: context.qualifiedName().getText(), args: [], at: posOf(context.qualifiedName()) };
  return { at: posOf(context), type, name: context.id().getText(), body: block(context.block()) };
}

function switchStatement(context: tree.SwitchStatementContext, at: Pos): SwitchStmt {
  return { kind: 'switch', at, on: expr(context.expression()), whens: context.whenControl_list().map(whenClause) };
}

function whenClause(context: tree.WhenControlContext): WhenClause {
  const value = context.whenValue();
  const body = block(context.block());
  const at = posOf(context);
  if (value.ELSE() !== null) return { at, body, match: { kind: 'else' } };
  const type = value.typeRef();
  if (type !== null) return { at, body, match: { kind: 'type', type: typeName(type), name: value.id().getText() } };
  return { at, body, match: { kind: 'values', values: value.whenLiteral_list().map(whenValue) } };
}

type DmlContext = { expression(): tree.ExpressionContext; accessLevel(): tree.AccessLevelContext | null };

function dml(operation: DmlOperation, context: DmlContext, at: Pos, externalId?: string): DmlStmt {
  const level = context.accessLevel();
  const access = level === null ? undefined : level.USER() === null ? 'system' : 'user';
  return { kind: 'dml', at, operation, records: expr(context.expression()), access, externalId };
}
