import { BUILTINS } from './builtins.js';
import type { NativeType } from './native.js';

/** Types that are there before any library is: what the language itself needs to know. */
export const BASIC_TYPES: readonly string[] = [
  'Object',
  'Boolean',
  'Integer',
  'Long',
  'Decimal',
  'Double',
  'String',
  'Id',
  'Date',
  'Datetime',
  'Time',
  'Blob',
  'SObject',
  'List',
  'Set',
  'Map',
  'Iterable',
  'Iterator',
  'Exception',
  'Type',
];

const INTERFACES = [
  'Comparable',
  'Comparator',
  'Iterable',
  'Iterator',
  'Callable',
  'Queueable',
  'Schedulable',
  'Finalizer',
  'Database.Batchable',
  'Database.Stateful',
  'Database.AllowsCallouts',
  'Database.RaisesPlatformEvents',
];

/** Exceptions of the platform that programs may make and catch (Apex Reference, Exception Class and Built-In Exceptions). */
const EXCEPTIONS = [
  'AssertException',
  'AsyncException',
  'AuraHandledException',
  'CalloutException',
  'DmlException',
  'EmailException',
  'ExternalObjectException',
  'FinalException',
  'FlowException',
  'HandledException',
  'IllegalArgumentException',
  'InvalidParameterValueException',
  'JSONException',
  'LimitException',
  'ListException',
  'MathException',
  'NoAccessException',
  'NoDataFoundException',
  'NoSuchElementException',
  'NullPointerException',
  'ProcedureException',
  'QueryException',
  'RequiredFeatureMissingException',
  'SearchException',
  'SecurityException',
  'SerializationException',
  'SObjectException',
  'StringException',
  'TypeException',
  'UnexpectedException',
  'XmlException',
];

/** The natives of every program: interfaces and exceptions. A library's type of the same name takes the place of one of these. */
export const BASIC_NATIVES: readonly NativeType[] = [
  ...INTERFACES.map((name) => ({ name, isInterface: true })),
  ...EXCEPTIONS.map((name) => ({ name, exception: 'Exception' })),
];

/** A type's name as tables keep it: lower case, without the namespaces System and Schema. */
export function plainKey(name: string): string {
  return name.toLowerCase().replace(/^(system|schema)\.(?=.)/, '');
}

/** Natives by their plain keys; later ones take the place of earlier ones, member tables are put together. */
export function nativesByKey(natives: readonly NativeType[]): Map<string, NativeType> {
  const table = new Map<string, NativeType>();
  for (const one of [...BASIC_NATIVES, ...BUILTINS, ...natives])
    table.set(plainKey(one.name), merged(table.get(plainKey(one.name)), one));
  return table;
}

function merged(first: NativeType | undefined, more: NativeType): NativeType {
  if (first === undefined) return more;
  return {
    ...first,
    ...more,
    statics: { ...first.statics, ...more.statics },
    methods: { ...first.methods, ...more.methods },
    properties: { ...first.properties, ...more.properties },
    staticProperties: { ...first.staticProperties, ...more.staticProperties },
  };
}

/** The name of an exception as the platform prints it: `System.DmlException`. */
export function exceptionName(native: NativeType): string {
  return native.name.includes('.') ? native.name : `System.${native.name}`;
}
