import type { Ctx } from './runtime/context.js';
import type { Place } from './runtime/failures.js';
import type { NativeType } from './runtime/native.js';
import type { Sharing } from './runtime/objects.js';
import type { SObjectShape } from './runtime/sobjects.js';
import type { Value } from './runtime/values.js';

/** What the compiler and a transaction ask about names that are no class of the program. */
export type Names = {
  /** Types written in TypeScript: the library's and the host's own. */
  readonly natives: readonly NativeType[];
  /** An SObject type by its name in lower case. */
  sobject(lowerName: string): SObjectShape | undefined;
  /**
   * How many of the first names of a path stand for a value of the host, 0 for none: `Label.X`, `Lead.OwnerId`,
   * `Schema.SObjectType.Lead`, `Trigger.new`. Names as they are written; asked while compiling.
   */
  resolves(path: readonly string[]): number;
};

/** Where and how a request is made. */
export type Origin = {
  readonly at: Place;
  /** The mode of the code that asks: `with` or `without`; undefined where no class on the way here has said it. */
  readonly sharing: Sharing;
};

/** A query. Answer with an ApexList of ApexSObject (or of what an aggregate gives), or the number of a `COUNT()`. */
export type QueryRequest = Origin & {
  readonly kind: 'query';
  /** The text between the brackets; bind expressions stand there as `:b0`, `:b1`. */
  readonly soql: string;
  /** The values of `:b0`, `:b1`, ... */
  readonly binds: readonly Value[];
  /** `loop`: for (... : [SELECT ...]). The program takes single rows out of lists itself. */
  readonly context: 'value' | 'loop';
};

/** A DML statement. The host sets the new ids in the records, and throws an ApexFailure System.DmlException. */
export type DmlRequest = Origin & {
  readonly kind: 'dml';
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';
  /** An ApexSObject or an ApexList of them as the statement has it. */
  readonly records: Value;
  /** `insert as user x`; undefined where the statement says nothing. */
  readonly access: 'user' | 'system' | undefined;
  /** The field of an upsert, as it is written: `Lead.Key__c`. */
  readonly externalId: string | undefined;
};

/** System.runAs begins with `enter` and ends, also after an exception, with `leave`. Answer with null. */
export type RunAsRequest = Origin & { readonly kind: 'runAs'; readonly step: 'enter' | 'leave'; readonly user: Value };

/** What a native with an effect asks for: `name` and `payload` are between it and the host. */
export type NativeRequest = { readonly kind: 'native'; readonly name: string; readonly payload: unknown };

export type ApexRequest = QueryRequest | DmlRequest | RunAsRequest | NativeRequest;

/** What answers the requests of one transaction, and tells it about its world. */
export type Host = {
  /** Answers a request, or throws an ApexFailure, which the program can catch as an Apex exception. */
  answer(request: ApexRequest, ctx: Ctx): Value | Promise<Value>;
  /** The value of a path of names of which `resolves` told the length. */
  value(path: readonly string[], ctx: Ctx): Value;
  now(): number;
  /** The time zone of the running user. */
  readonly timeZone: string;
};
