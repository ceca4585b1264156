/** Database.DMLOptions: mails, assignment rules, and whether one failure undoes all. */
import { byLowerName } from '../../library/args.js';
import type { NativeProperty, NativeType } from '../../runtime/native.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import type { Dml } from '../saving.js';

type Flags = Record<string, Value>;
type Options = { flags: Flags; email: ApexNative<Flags>; rule: ApexNative<Flags> };

const NAME = 'Database.DMLOptions';
const EMAIL = 'Database.EmailHeader';
const RULE = 'Database.AssignmentRuleHeader';

const flag = (name: string): NativeProperty => ({
  get: (_ctx, self) => (self as ApexNative<Flags>).data[name] ?? null,
  set: (_ctx, self, value) => void ((self as ApexNative<Flags>).data[name] = value),
});

const flags = (...names: string[]): Record<string, NativeProperty> =>
  byLowerName(Object.fromEntries(names.map((name) => [name, flag(name)])));

const ownFlag = (name: string): NativeProperty => ({
  get: (_ctx, self) => (self as ApexNative<Options>).data.flags[name] ?? null,
  set: (_ctx, self, value) => void ((self as ApexNative<Options>).data.flags[name] = value),
});

export const DML_OPTIONS: readonly NativeType[] = [
  {
    name: NAME,
    constructs: () =>
      new ApexNative<Options>(NAME, { flags: {}, email: new ApexNative(EMAIL, {}), rule: new ApexNative(RULE, {}) }),
    properties: byLowerName({
      OptAllOrNone: ownFlag('optAllOrNone'),
      EmailHeader: { get: (_ctx: unknown, self: Value) => (self as ApexNative<Options>).data.email, returns: EMAIL },
      AssignmentRuleHeader: {
        get: (_ctx: unknown, self: Value) => (self as ApexNative<Options>).data.rule,
        returns: RULE,
      },
    }),
  },
  { name: EMAIL, properties: flags('triggerUserEmail', 'triggerOtherEmail', 'triggerAutoResponseEmail') },
  { name: RULE, properties: flags('useDefaultRule', 'assignmentRuleId') },
];

export const isDmlOptions = (value: Value | undefined): value is ApexNative<Options> =>
  value instanceof ApexNative && value.typeName === NAME;

/** What the options say to a save. All or none where they say so. */
export function optionsOf({ data }: ApexNative<Options>): Pick<Dml, 'allOrNone' | 'email' | 'assignment'> {
  const { assignmentRuleId, useDefaultRule } = data.rule.data;
  return {
    allOrNone: data.flags.optAllOrNone === true,
    email: Object.fromEntries(Object.entries(data.email.data).map(([name, value]) => [name, value === true])),
    assignment:
      typeof assignmentRuleId === 'string' ? { ruleId: assignmentRuleId } : useDefaultRule === true ? 'active' : 'none',
  };
}

const kept = new WeakMap<object, ApexNative<Options>>();

/** Options that a record carries into the next DML statement. */
export const keepOptions = (record: object, options: ApexNative<Options>): void => void kept.set(record, options);

/** What the records of a statement carry: as on the platform, one says it for all. */
export function carriedOptions(records: readonly object[]): Partial<Pick<Dml, 'email' | 'assignment'>> {
  for (const record of records) {
    const options = kept.get(record);
    if (!options) continue;
    const { email, assignment } = optionsOf(options);
    return { email, assignment };
  }
  return {};
}
