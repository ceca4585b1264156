/** What the user sees of the org, as far as a request names it. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { PracticeOrg, Session } from '../contracts.js';
import { isShown } from '../ui-api/objects.js';
import { mentions } from './names.js';

/** Fields with a value of their own; compound ones are there by their parts. */
const isScalar = ({ type }: FieldDef): boolean => !['address', 'location', 'base64', 'anyType', 'id'].includes(type);

export class Sight {
  public constructor(
    private readonly org: PracticeOrg,
    private readonly session: Session,
    /** Every name of the request, see `namesIn`. */
    public readonly names: ReadonlySet<string>
  ) {}

  /** Objects that the request mentions. */
  public objects(): ObjectDef[] {
    return [...this.shown()].filter(({ name }) => mentions(this.names, name));
  }

  /** Fields of an object that the request names. */
  public named(def: ObjectDef): FieldDef[] {
    return [...def.fields.values()].filter((field) => this.names.has(field.name) && isScalar(field));
  }

  /** References of an object whose relationship the request names. */
  public relationships(def: ObjectDef): FieldDef[] {
    return [...def.fields.values()].filter(
      ({ relationshipName }) => relationshipName !== undefined && this.names.has(relationshipName)
    );
  }

  /** Lists below an object that the request names. */
  public lists(def: ObjectDef): Array<{ name: string; child: ObjectDef }> {
    return [...this.shown()].flatMap((child) =>
      [...child.fields.values()].flatMap(({ childRelationshipName: name, referenceTo }) =>
        name !== undefined && this.names.has(name) && referenceTo.includes(def.name) ? [{ name, child }] : []
      )
    );
  }

  /** Objects behind a reference. */
  public targets(field: FieldDef): ObjectDef[] {
    return field.referenceTo
      .map((name) => this.org.catalog.object(name))
      .filter((def) => def !== undefined)
      .filter((def) => isShown(def, this.session))
      .map((def) => this.session.view(def));
  }

  /** The object behind a relationship; `Name` where it may be one of several, undefined where it is none. */
  public readonly parentOf = (def: ObjectDef, relationship: string): ObjectDef | undefined => {
    const field = [...def.fields.values()].find((one) => one.relationshipName === relationship);
    const [only, ...others] = field ? this.targets(field) : [];
    return others.length > 0 ? this.org.catalog.object('Name') : only;
  };

  private *shown(): Iterable<ObjectDef> {
    for (const def of this.org.catalog.objects()) if (isShown(def, this.session)) yield this.session.view(def);
  }
}
