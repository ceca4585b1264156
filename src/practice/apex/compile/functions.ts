import type { Parameter, Pos } from '../parse/ast.js';
import type { ApexCompileError } from '../parse/errors.js';
import { Body, type BodyOptions, type Shared } from './body.js';
import { exprCode } from './expressions.js';
import type { SType } from './model.js';

/** One function of a class: a method, a constructor, an accessor, an initialiser. */
export type FunctionParts = BodyOptions & {
  readonly name: string;
  readonly parameters: ReadonlyArray<Parameter & { readonly found: SType }>;
  readonly at: Pos;
  /** Why it cannot run. */
  readonly broken?: ApexCompileError | undefined;
  /** Its statements; also asked for what it calls. */
  statements(body: Body): string;
};

/** Types a parameter is not checked for: anything may come, or only what was checked before. */
const UNCHECKED = new Set(['class', 'enum']);

/** Checks of one `typeof` that spare most calls the way through the type. */
const QUICK: Readonly<Record<string, string>> = {
  integer: 'number',
  string: 'string',
  boolean: 'boolean',
  long: 'bigint',
};

/** The function as a member of a class; `prefix` is `static ` or `function `. */
export function functionCode(shared: Shared, parts: FunctionParts, prefix = ''): string {
  const body = new Body(shared, parts, exprCode);
  const names = parts.parameters.map((one) => body.declare(one.name, one.found, parts.at));
  const checks = parts.parameters.map((one, index) => parameterCheck(body, names[index]!, one.found, parts.at));
  const broken = parts.broken ?? parts.model.broken;
  const statements = broken ? body.refusal(broken) : body.scoped(() => body.attempt(() => parts.statements(body)));
  const end = parts.key.startsWith('c:') ? 'return this;' : 'return null;';
  const inside = guarded(body, `${checks.join(' ')}${statements}\n${end}`);
  const star = body.isEffect ? '*' : '';
  const head = prefix.startsWith('function') ? `function${star} ` : `${prefix}${star}`;
  return `${body.mark(parts.at)}${head}${parts.name}(${names.join(', ')}) {${body.temps()}${inside}${body.unmarked}}\n`;
}

function parameterCheck(body: Body, name: string, type: SType, at: Pos): string {
  if (type.key === 'object' || UNCHECKED.has(type.kind)) return '';
  const quick = QUICK[type.key];
  const test = quick === undefined ? '' : `if (typeof ${name} !== '${quick}') `;
  return `${test}${name} = ${body.mark(at)}${body.shared.typeConstant(type)}.coerce(${name});`;
}

/** Counts the depth where a body can call itself, and keeps the sharing its class says while the host is let in. */
function guarded(body: Body, code: string): string {
  const { sharing } = body.model.decl;
  const deep = body.shared.recursive.has(body.options.key);
  const shares = body.isEffect && (sharing === 'with' || sharing === 'without');
  const shared = shares ? `const before = $.share('${sharing}'); try {${code}} finally {$.sharing = before;}` : code;
  return deep ? `$.enter(); try {${shared}} finally {$.depth--;}` : shared;
}
