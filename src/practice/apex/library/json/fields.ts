import type { Ctx } from '../../runtime/context.js';
import type { ClassInfo, FieldInfo } from '../../runtime/objects.js';

/** The fields of an instance that JSON knows: those of parents first, no statics, none that are transient. */
export const instanceFields = (ctx: Ctx, info: ClassInfo): FieldInfo[] => {
  const parent = info.parent === undefined ? undefined : ctx.classInfo(info.parent);
  const own = info.fields.filter(
    ({ isStatic, modifiers }) => !isStatic && !modifiers.some((modifier) => modifier.toLowerCase() === 'transient')
  );
  return [...(parent ? instanceFields(ctx, parent) : []), ...own];
};
