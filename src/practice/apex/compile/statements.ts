import type {
  BlockStmt,
  DmlStmt,
  Expr,
  ForEachStmt,
  ForStmt,
  LocalStmt,
  Pos,
  RunAsStmt,
  Stmt,
  SwitchStmt,
  TryStmt,
  WhenClause,
} from '../parse/ast.js';
import { unsupported } from '../parse/errors.js';
import type { Body } from './body.js';
import { quoted, soqlCode } from './expressions.js';
import type { SType } from './model.js';

/** Each turn of a loop burns fuel; the runtime looks at the clock when it is gone. */
const FUEL = 'if (--$.fuel < 0) $.refuel();';

/** Statements with a scope of their own, without braces. */
export function blockCode(body: Body, block: BlockStmt): string {
  return body.scoped(() => block.body.map((one) => stmtCode(body, one)).join('\n'));
}

/** Any statement; one that does not compile is refused where it is reached. */
export function stmtCode(body: Body, stmt: Stmt): string {
  return body.mark(stmt.at) + body.attempt(() => plainCode(body, stmt)) + undeclared(body, stmt);
}

/** Variables of a declaration that did not compile: what follows may name them. */
function undeclared(body: Body, stmt: Stmt): string {
  if (stmt.kind !== 'local') return '';
  const left = stmt.variables.filter(({ name }) => body.local(name) === undefined);
  return left.map(({ name, at }) => `let ${body.declare(name, body.basic('Object'), at)} = null;`).join('');
}

function plainCode(body: Body, stmt: Stmt): string {
  switch (stmt.kind) {
    case 'local':
      return localCode(body, stmt);
    case 'expression':
      return `${expressionCode(body, stmt.value)};`;
    case 'return':
      return returnCode(body, stmt);
    case 'throw':
      return `throw ${body.mark(stmt.at)}$.thrown(${body.expr(stmt.value).code});`;
    case 'break':
    case 'continue':
      return `${stmt.kind};`;
    case 'block':
      return `{${blockCode(body, stmt)}}`;
    case 'if':
      return `if (${body.test(stmt.test)}) ${nested(body, stmt.yes)}${stmt.no === undefined ? '' : ` else ${nested(body, stmt.no)}`}`;
    default:
      return otherCode(body, stmt);
  }
}

type Other = Exclude<
  Stmt,
  { kind: 'local' | 'expression' | 'return' | 'throw' | 'break' | 'continue' | 'block' | 'if' }
>;

function otherCode(body: Body, stmt: Other): string {
  switch (stmt.kind) {
    case 'while':
      return `while (${body.test(stmt.test)}) {${FUEL} ${nested(body, stmt.body)}}`;
    case 'do':
      return `do {${FUEL} ${nested(body, stmt.body)}} while (${body.test(stmt.test)});`;
    case 'for':
      return forCode(body, stmt);
    case 'forEach':
      return forEachCode(body, stmt);
    case 'try':
      return tryCode(body, stmt);
    case 'switch':
      return switchCode(body, stmt);
    case 'dml':
      return dmlCode(body, stmt);
    case 'runAs':
      return runAsCode(body, stmt);
    case 'missing':
      throw unsupported(stmt.what, stmt.at);
  }
}

/** A statement that belongs to another one, always in braces. */
function nested(body: Body, stmt: Stmt): string {
  if (stmt.kind === 'block') return `{${blockCode(body, stmt)}}`;
  return `{${body.scoped(() => stmtCode(body, stmt))}}`;
}

function localCode(body: Body, stmt: LocalStmt): string {
  const type = body.shared.types.resolve(stmt.type, body.model);
  const one = ({ name, value, at }: LocalStmt['variables'][number]): string => {
    const code = value === undefined ? 'null' : body.as(value, type);
    return `${body.declare(name, type, at)} = ${code}`;
  };
  return `let ${stmt.variables.map(one).join(', ')};`;
}

/** What a step leaves behind is not wanted when it stands alone. */
function expressionCode(body: Body, expr: Expr): string {
  const allowed = ['call', 'assign', 'step', 'new', 'chain'].includes(expr.kind);
  if (!allowed) return body.refuse('Expression cannot be a statement.', expr.at);
  return body.expr(expr.kind === 'step' ? { ...expr, prefix: true } : expr).code;
}

function returnCode(body: Body, stmt: Stmt & { kind: 'return' }): string {
  if (body.options.key.startsWith('c:')) return 'return this;';
  if (stmt.value === undefined) return 'return null;';
  const { returns } = body.options;
  if (returns === undefined) return body.refuse('A void method returns no value', stmt.at);
  return `return ${body.as(stmt.value, returns)};`;
}

function forCode(body: Body, stmt: ForStmt): string {
  return body.scoped(() => {
    const init = 'kind' in stmt.init ? localCode(body, stmt.init) : `${listCode(body, stmt.init)};`;
    const test = stmt.test === undefined ? '' : body.test(stmt.test);
    return `for (${init} ${test}; ${listCode(body, stmt.update)}) {${FUEL} ${nested(body, stmt.body)}}`;
  });
}

function listCode(body: Body, list: readonly Expr[]): string {
  return list.map((one) => expressionCode(body, one)).join(', ');
}

function forEachCode(body: Body, stmt: ForEachStmt): string {
  const type = body.shared.types.resolve(stmt.type, body.model);
  const { over, element } = overCode(body, stmt, type);
  return body.scoped(() => {
    const name = body.declare(stmt.name, type, stmt.at);
    const value = body.coerced({ code: 'each', type: element }, type, stmt.at);
    return `for (const each of ${over}) {${FUEL} let ${name} = ${value}; ${nested(body, stmt.body)}}`;
  });
}

/** What a loop goes over; a query gives its rows one by one, or in lists where the variable is one. */
function overCode(body: Body, { over, at }: ForEachStmt, type: SType): { over: string; element: SType | undefined } {
  const inBatches = type.key.startsWith('list<');
  if (over.kind === 'soql') {
    const rows = soqlCode(body, over, 'loop').code;
    return { over: `${body.mark(at)}$.${inBatches ? 'batches' : 'each'}(${rows})`, element: undefined };
  }
  const { code, type: from } = body.expr(over);
  const element = from?.key.startsWith('list<') || from?.key.startsWith('set<') ? from.args[0] : undefined;
  return { over: `${body.mark(at)}$.each(${code})`, element };
}

function tryCode(body: Body, stmt: TryStmt): string {
  const clauses = stmt.catches.map((one) => {
    const type = body.shared.types.resolve(one.type, body.model);
    return body.scoped(() => {
      const name = body.declare(one.name, type, one.at);
      // Nothing throws what is not here.
      if (type.missing !== undefined) return `if (false) { let ${name} = caught; ${blockCode(body, one.body)}}`;
      return `if (${body.shared.typeConstant(type)}.is(caught)) { let ${name} = caught; ${blockCode(body, one.body)}}`;
    });
  });
  const caught = [...clauses, 'throw $.thrown(caught);'].join(' else ');
  const handlers = clauses.length === 0 ? '' : ` catch (thrown) {const caught = $.caught(thrown); ${caught}}`;
  const last = stmt.finally === undefined ? '' : ` finally {if (!$.dead) {${blockCode(body, stmt.finally)}}}`;
  return `try {${blockCode(body, stmt.body)}}${handlers}${last}`;
}

function switchCode(body: Body, stmt: SwitchStmt): string {
  const on = body.expr(stmt.on);
  const value = body.temp();
  const clauses = stmt.whens.map((one) => whenCode(body, one, { code: value, type: on.type }));
  return `${value} = ${on.code}; ${clauses.join(' else ')}`;
}

function whenCode(body: Body, clause: WhenClause, on: { code: string; type: SType | undefined }): string {
  const { match } = clause;
  if (match.kind === 'else') return `{${blockCode(body, clause.body)}}`;
  if (match.kind === 'values') {
    const tests = match.values.map((one) => whenTest(body, one, on));
    return `if (${tests.join(' || ')}) {${blockCode(body, clause.body)}}`;
  }
  const type = body.made(match.type);
  return body.scoped(() => {
    const name = body.declare(match.name, type, clause.at);
    return `if (${body.shared.typeConstant(type)}.is(${on.code})) {let ${name} = ${on.code}; ${blockCode(body, clause.body)}}`;
  });
}

/** A name in a `when` is always that of an enum's value. */
function whenTest(body: Body, value: Expr, on: { code: string; type: SType | undefined }): string {
  if (value.kind !== 'name' && value.kind !== 'field') return `$.when(${on.code}, ${body.expr(value).code})`;
  const model = on.type?.of;
  const known = model?.kind === 'enum' ? model.decl.values : undefined;
  if (known !== undefined && !known.some((one) => one.toLowerCase() === value.name.toLowerCase()))
    return body.refuse(`Enum value does not exist: ${value.name}`, value.at);
  return `$.whenEnum(${on.code}, ${quoted(value.name.toLowerCase())})`;
}

function dmlCode(body: Body, stmt: DmlStmt): string {
  const { operation, access, externalId, at } = stmt;
  const how = [operation, access, externalId].map((one) => (one === undefined ? 'undefined' : quoted(one)));
  const records = body.expr(stmt.records).code;
  return `${body.effect(`$.dml(${how[0]}, ${records}, ${how[1]}, ${how[2]}, ${body.place(at)})`, at)};`;
}

function runAsCode(body: Body, stmt: RunAsStmt): string {
  const user = body.temp();
  const step = (name: string, at: Pos): string =>
    `${body.effect(`$.runAs(${quoted(name)}, ${user}, ${body.place(at)})`, at)};`;
  const enter = `${user} = ${body.expr(stmt.user).code}; ${step('enter', stmt.at)}`;
  return `${enter} try {${blockCode(body, stmt.body)}} finally {if (!$.dead) {${step('leave', stmt.at)}}}`;
}
