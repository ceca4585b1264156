import { ApexValue, keyOf, keyText, sameValue, type Value } from './values.js';
import type { ApexList } from './collections.js';
import { ApexFailure } from './failures.js';

/** A field of an SObject type as the host's describe tells it; `type` is the name of its Apex type: `Id`, `Decimal`. */
export type FieldShape = { readonly name: string; readonly type: string };

/** A relationship upward: `Owner` by `OwnerId`, to SObjects of the type named (`SObject` where there are several). */
export type ParentShape = { readonly name: string; readonly field: string; readonly type: string };

/** An SObject type as the host's describe tells it. Names are asked for in lower case, answered as the org writes them. */
export type SObjectShape = {
  readonly name: string;
  field(lowerName: string): FieldShape | undefined;
  parent(lowerName: string): ParentShape | undefined;
  /** A relationship downward, `Contacts`. */
  child(lowerName: string): { readonly name: string; readonly type: string } | undefined;
};

/** A record. Fields, parents and children are kept by the names of the describe; a field never set is not there. */
export class ApexSObject extends ApexValue {
  public readonly fields = new Map<string, Value>();
  public readonly parents = new Map<string, ApexSObject | null>();
  public readonly children = new Map<string, ApexList>();
  /** True for rows of a query: asking such a row for a field that was not selected is an exception. */
  public queried = false;
  /** True for what triggers may look at alone: records that are saved, and as they were before. */
  public readOnly = false;

  public constructor(public readonly shape: SObjectShape) {
    super();
  }

  public get typeName(): string {
    return this.shape.name;
  }

  /** @throws ApexFailure System.FinalException where it cannot be changed */
  public requireWritable(): void {
    if (this.readOnly) throw new ApexFailure('System.FinalException', 'Record is read-only');
  }

  /** The value of a field by its name in the describe; null where it was never set. */
  public get(name: string): Value {
    return this.fields.get(name) ?? null;
  }

  public override key(): unknown {
    const parts = [...this.fields].map(([name, value]) => `${name}=${keyText(keyOf(value))}`);
    return `\u0000O${this.shape.name}:${parts.sort().join()}`;
  }

  public override equals(other: Value): boolean {
    if (this === other) return true;
    if (!(other instanceof ApexSObject) || other.shape.name !== this.shape.name) return false;
    if (other.fields.size !== this.fields.size) return false;
    return [...this.fields].every(([name, value]) => sameValue(value, other.fields.get(name) ?? null));
  }
}
