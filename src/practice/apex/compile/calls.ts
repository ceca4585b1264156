import type { CallExpr, Expr, Pos } from '../parse/ast.js';
import { unsupported } from '../parse/errors.js';
import type { Native, NativeType } from '../runtime/native.js';
import { VOID, type Body, type Code } from './body.js';
import { EFFECT } from './effects.js';
import { initialised } from './fields.js';
import { isFuture, nestOf, type ClassModel, type MethodModel, type SType } from './model.js';
import { best, lineage, methodsOf } from './overloads.js';
import { isPlatformMember } from './platform.js';
import { methodKey, plainName } from './signatures.js';
import { clashes } from './types.js';
import { checkVisible, modified } from './visibility.js';

type Call = { readonly name: string; readonly args: readonly Expr[]; readonly at: Pos };

/** `target.name(args)` on a value. */
export function memberCall(body: Body, target: Code, call: Call): Code {
  const model = target.type?.of;
  if (model?.kind === 'class') {
    const methods = methodsOf(model, call.name.toLowerCase(), call.args.length).filter((one) => !one.isStatic);
    if (methods.length > 0) return methodCall(body, methods, { ...call, target: target.code });
    if (!openEnded(model, call)) return noMethod(body, call, model.name);
    return invoked(body, target, call);
  }
  const native = nativeMethod(body, target.type, call);
  return native === undefined
    ? invoked(body, target, call)
    : nativeCall(body, native, { ...call, target: target.code });
}

/** Methods every object has, and those of interfaces and exceptions of the platform. */
function openEnded(model: ClassModel, call: Call): boolean {
  const key = `${call.name.toLowerCase()}$${call.args.length}`;
  if (['tostring$0', 'equals$1', 'hashcode$0'].includes(key)) return true;
  const up = [...lineage(model)];
  return up.some((one) => one.nativeParent !== undefined || one.interfaces.some((type) => type.of === undefined));
}

/** A call of one of some methods of the program that have the name and the count of arguments. */
export function methodCall(body: Body, methods: readonly MethodModel[], call: Call & { target: string }): Code {
  const args = call.args.map((arg) => body.expr(arg));
  const chosen = best(
    methods,
    args.map((arg) => arg.type)
  );
  const one = chosen ?? methods[0]!;
  if (args.some((arg, index) => methods.every((method) => clashes(arg.type, method.parameters[index]!))))
    return noMethod(body, call, one.owner.name);
  checkVisible(body, { owner: one.owner, ...modified(one.decl) }, { kind: 'Method', name: one.name, at: call.at });
  if (isFuture(one)) return futureCall(body, one, { args, at: call.at });
  const { signatures } = body.shared;
  const name = chosen === undefined ? plainName(one) : signatures.nameOf(chosen);
  const list = args.map((arg) => arg.code).join(', ');
  const code = body.call(methodKey(one), `${call.target}.${body.mark(call.at)}${name}(${list})`, call.at);
  const sameType = methods.every((other) => other.returns?.key === one.returns?.key);
  const type = chosen !== undefined || sameType ? (one.returns ?? VOID) : undefined;
  return { type, code: one.isStatic ? initialised(body, one.owner, code, call.at) : code };
}

function futureCall(body: Body, { owner, name }: MethodModel, { args, at }: { args: readonly Code[]; at: Pos }): Code {
  const list = args.map((arg) => arg.code).join(', ');
  const names = `${JSON.stringify(owner.name)}, ${JSON.stringify(name)}`;
  return { type: VOID, code: body.effect(`$.future(${names}, [${list}], ${body.place(at)})`, at) };
}

/** `name(args)`: a method of this class or its parents, or a static one of the classes around. */
export function ownCall(body: Body, call: CallExpr): Code {
  const key = call.name.toLowerCase();
  for (const around of nestOf(body.model)) {
    const instance = around === body.model && !body.options.isStatic;
    const methods = methodsOf(around, key, call.args.length).filter((one) => one.isStatic || instance);
    const chosen = best(methods, methods.length > 1 ? call.args.map((arg) => body.expr(arg).type) : []);
    const one = chosen ?? methods[0];
    if (one === undefined) continue;
    const same = methods.filter((other) => other.isStatic === one.isStatic);
    return methodCall(body, chosen === undefined ? same : [chosen], {
      ...call,
      target: one.isStatic ? one.owner.js : 'this',
    });
  }
  if (!body.options.isStatic && openEnded(body.model, call))
    return invoked(body, { code: 'this', type: undefined }, call);
  return noMethod(body, call);
}

/** `super.name(args)`. */
export function superCall(body: Body, call: CallExpr): Code {
  const parent = body.model.parent;
  const methods = parent === undefined ? [] : methodsOf(parent, call.name.toLowerCase(), call.args.length);
  if (methods.length > 0) return methodCall(body, methods, { ...call, target: 'super' });
  const args = call.args.map((arg) => body.expr(arg).code).join(', ');
  const code = `${body.mark(call.at)}$.superCall(this, ${JSON.stringify(call.name.toLowerCase())}, [${args}])`;
  return openEnded(body.model, call) ? { code, type: undefined } : noMethod(body, call);
}

/** A call of which only the value can tell what it calls. */
function invoked(body: Body, target: Code, call: Call): Code {
  const name = call.name.toLowerCase();
  const key = `m:${name}$${call.args.length}`;
  const { effects, types } = body.shared;
  body.edge(key);
  const native = [...types.natives.values()].some((one) => one.methods?.[name]?.effect === true);
  if (native) body.edge(EFFECT);
  const args = call.args.map((arg) => body.expr(arg).code).join(', ');
  const rest = `(${target.code}, ${JSON.stringify(name)}, [${args}]`;
  if (!native && !effects.has(key)) return { type: undefined, code: `${body.mark(call.at)}$.invoke${rest})` };
  const user = effects.has(key);
  return {
    type: undefined,
    code: `(${body.mark(call.at)}yield* $.invokeEffect${rest}, ${user}, ${body.place(call.at)}))`,
  };
}

/** A native with the place in the tables where the runtime finds it. */
export type FoundNative = { readonly type: NativeType; readonly table: 'statics' | 'methods'; readonly native: Native };

/** Where methods of a type are looked for, nearest first. */
function tablesOf(type: SType): string[] {
  if (type.kind === 'sobject') return ['sobject'];
  const bare = type.key.replace(/<.*/s, '');
  if (bare === 'id') return ['id', 'string'];
  return type.native?.exception === undefined ? [bare] : [bare, 'exception'];
}

/** Types whose values may be anything: only the value tells the method. */
const OPEN = new Set(['object', 'exception', 'iterable', 'iterator', 'type', 'sobject']);

/** Whether the methods of a type are all in its tables. */
function closed(type: SType): boolean {
  const { native } = type;
  if (type.kind === 'enum' || OPEN.has(type.key.replace(/<.*/s, ''))) return false;
  return native === undefined || (!native.isInterface && native.exception === undefined && native.values === undefined);
}

/** Methods every value has. */
const COMMON = new Set(['tostring', 'equals', 'hashcode']);

function nativeMethod(body: Body, type: SType | undefined, call: Call): FoundNative | undefined {
  if (type === undefined || !closed(type)) return undefined;
  const name = call.name.toLowerCase();
  for (const key of tablesOf(type)) {
    const native = body.shared.types.natives.get(key);
    const found = native?.methods?.[name];
    if (native !== undefined && found !== undefined && takes(found, call))
      return { type: native, table: 'methods', native: found };
  }
  return COMMON.has(name) ? undefined : noNative(body, call, type);
}

export function takes(native: Native, call: Call): boolean {
  return native.arity === 'any' || native.arity.includes(call.args.length);
}

/** A call of a native that is known while compiling. */
export function nativeCall(body: Body, { type, table, native }: FoundNative, call: Call & { target: string }): Code {
  const args = call.args.map((arg) => body.expr(arg).code).join(', ');
  const found = `${JSON.stringify(type.name)}, ${JSON.stringify(table)}, ${JSON.stringify(call.name.toLowerCase())}`;
  const returns = native.returns === undefined ? undefined : body.shared.types.parse(native.returns);
  if (native.effect === true)
    return {
      type: returns,
      code: body.effect(
        `$.nativeEffect($.native(${found}), ${call.target}, [${args}], ${body.place(call.at)})`,
        call.at
      ),
    };
  const self = table === 'statics' ? 'null' : `$.some(${call.target})`;
  return {
    type: returns,
    code: `${body.mark(call.at)}$.native(${found}).${body.mark(call.at)}call($, ${self}, [${args}], $.none)`,
  };
}

/** Refuses a call of a method that a type of the platform lacks: here, or there too. */
export function noNative(body: Body, call: Call, type: Pick<SType, 'kind' | 'name'>): never {
  const name = type.kind === 'sobject' ? 'SObject' : type.name;
  if (isPlatformMember(name, call.name, call.args.length)) throw unsupported(`${name}.${call.name}`, call.at);
  return noMethod(body, call, type.name);
}

/** Refuses a call as the platform's compiler does. */
export function noMethod(body: Body, call: Call, owner?: string): never {
  const args = call.args.map((arg) => body.expr(arg).type?.name ?? 'Object').join(', ');
  const from = owner === undefined ? '' : ` from the type ${owner}`;
  return body.refuse(`Method does not exist or incorrect signature: ${call.name}(${args})${from}`, call.at);
}
