/** Database.SaveResult and its kin, Database.Error, and what a DmlException tells of its rows. */
import type { SaveResult } from '../../../contracts.js';
import type { SaveError } from '../../../errors.js';
import { byLowerName, native, type Call } from '../../library/args.js';
import { ApexList } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import type { DmlRow } from '../saving.js';

/** The status code of an error. Codes that the enum does not have are unknown exceptions, as on the platform. */
export const statusOf = (ctx: Ctx, code: string): Value =>
  ctx.enumValue('StatusCode', code) ?? ctx.enumValue('StatusCode', 'UNKNOWN_EXCEPTION') ?? null;

const errorOf = (call: Call): SaveError => (call.self as ApexNative<SaveError>).data;

const ERROR: NativeType = {
  name: 'Database.Error',
  methods: byLowerName({
    getMessage: native(0, (call) => errorOf(call).message, 'String'),
    getStatusCode: native(0, (call) => statusOf(call.ctx, errorOf(call).statusCode), 'StatusCode'),
    getFields: native(0, (call) => call.texts(errorOf(call).fields), 'List<String>'),
  }),
};

const resultOf = (call: Call): SaveResult => (call.self as ApexNative<SaveResult>).data;

const RESULTS = {
  insert: 'Database.SaveResult',
  update: 'Database.SaveResult',
  upsert: 'Database.UpsertResult',
  delete: 'Database.DeleteResult',
  undelete: 'Database.UndeleteResult',
} as const;

const resultType = (name: string): NativeType => ({
  name,
  methods: byLowerName({
    getId: native(0, (call) => resultOf(call).id, 'Id'),
    isSuccess: native(0, (call) => resultOf(call).success, 'Boolean'),
    ...(name === RESULTS.upsert ? { isCreated: native(0, (call) => resultOf(call).created, 'Boolean') } : {}),
    getErrors: native(
      0,
      (call) =>
        new ApexList(
          call.ctx.type('Database.Error'),
          resultOf(call).errors.map((error) => new ApexNative('Database.Error', error))
        ),
      'List<Database.Error>'
    ),
  }),
});

/** Results of one operation as Apex has them. */
export function resultList(ctx: Ctx, operation: keyof typeof RESULTS, results: readonly SaveResult[]): ApexList {
  const name = RESULTS[operation];
  return new ApexList(
    ctx.type(name),
    results.map((result) => new ApexNative(name, result))
  );
}

/** The rows of a DmlException; those that Apex makes itself have none. */
function rowOf(call: Call): DmlRow {
  const rows = (call.self as unknown as { data?: readonly DmlRow[] }).data ?? [];
  const row = rows[call.integer(0)];
  return row ?? call.fail('System.ListException', `List index out of bounds: ${call.integer(0)}`);
}

const DML_EXCEPTION: NativeType = {
  name: 'DmlException',
  exception: 'Exception',
  methods: byLowerName({
    getNumDml: native(
      0,
      (call) => ((call.self as unknown as { data?: readonly DmlRow[] }).data ?? []).length,
      'Integer'
    ),
    getDmlMessage: native(1, (call) => rowOf(call).message, 'String'),
    getDmlType: native(1, (call) => statusOf(call.ctx, rowOf(call).statusCode), 'StatusCode'),
    getDmlStatusCode: native(1, (call) => rowOf(call).statusCode, 'String'),
    getDmlId: native(1, (call) => rowOf(call).id, 'Id'),
    getDmlIndex: native(1, (call) => rowOf(call).index, 'Integer'),
    getDmlFieldNames: native(1, (call) => call.texts(rowOf(call).fields), 'List<String>'),
  }),
};

export const RESULT_TYPES: readonly NativeType[] = [
  ERROR,
  DML_EXCEPTION,
  ...new Set(Object.values(RESULTS)).values(),
].map((type) => (typeof type === 'string' ? resultType(type) : type));
