import type { CallExpr } from '../parse/ast.js';
import { unsupported } from '../parse/errors.js';
import type { Body, Code } from './body.js';
import { methodCall, nativeCall, noMethod, noNative, takes } from './calls.js';
import type { EnumModel } from './model.js';
import { methodsOf } from './overloads.js';
import { freePath, nativeType, programType } from './paths.js';
import { platformPath } from './platform.js';

/** `Type.name(args)`: undefined where the target is no type, or no type that has such a method. */
export function staticCall(body: Body, call: CallExpr): Code | undefined {
  const path = call.target === undefined ? undefined : freePath(body, call.target);
  if (path === undefined) return undefined;
  const model = programType(body, path);
  if (model?.kind === 'enum') return enumCall(body, model, call);
  if (model !== undefined) {
    const methods = methodsOf(model, call.name.toLowerCase(), call.args.length).filter((one) => one.isStatic);
    return methods.length === 0
      ? noMethod(body, call, model.name)
      : methodCall(body, methods, { ...call, target: methods[0]!.owner.js });
  }
  return nativeStatic(body, path, call);
}

function nativeStatic(body: Body, path: readonly string[], call: CallExpr): Code | undefined {
  const type = nativeType(body, path);
  if (type === undefined) return missingStatic(body, path, call);
  const native = type.statics?.[call.name.toLowerCase()];
  if (native !== undefined && takes(native, call))
    return nativeCall(body, { type, table: 'statics', native }, { ...call, target: 'null' });
  if (type.values !== undefined && ['values', 'valueof'].includes(call.name.toLowerCase()))
    return enumNative(body, type.name, call);
  if (body.shared.names.resolves(path) > 0) return undefined;
  return noNative(body, call, { kind: 'native', name: type.name });
}

/** A call of what the platform has and this runtime has not. */
function missingStatic(body: Body, path: readonly string[], call: CallExpr): undefined {
  const found = body.shared.names.resolves(path) > 0 ? undefined : platformPath(path);
  if (found !== undefined) throw unsupported(`${path.join('.')}.${call.name}`, call.at);
}

function enumNative(body: Body, name: string, call: CallExpr): Code {
  const args = call.args.map((arg) => body.expr(arg).code).join(', ');
  return {
    type: undefined,
    code: `${body.mark(call.at)}$.enum${call.args.length === 0 ? 'Values' : 'ValueOf'}($.enumConstants(${JSON.stringify(name)}), ${args})`,
  };
}

function enumCall(body: Body, model: EnumModel, call: CallExpr): Code {
  const name = call.name.toLowerCase();
  const type = body.shared.types.of(model);
  const constant = body.shared.typeConstant(type);
  if (name === 'values' && call.args.length === 0)
    return { code: `$.enumValues(${model.js}, ${constant})`, type: body.basic('List', type) };
  if (name === 'valueof' && call.args.length === 1)
    return { code: `${body.mark(call.at)}$.enumValueOf(${model.js}, ${body.expr(call.args[0]!).code})`, type };
  return noMethod(body, call, model.name);
}
