/** What one request works with, and what fields of the schema know of the catalogue. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { PracticeOrg, Session } from '../contracts.js';
import type { Call } from '../http/call.js';
import type { Locale } from '../ui-api/values.js';

export type World = {
  call: Call;
  org: PracticeOrg;
  session: Session;
  locale: Locale;
  /** Variables as they were sent: the order of their members counts where results are ordered. */
  variables: Readonly<Record<string, unknown>>;
};

/** What a field of an object type stands for. */
export type Role =
  | { kind: 'field'; field: FieldDef }
  | { kind: 'parent'; name: string; def: ObjectDef }
  /** A parent that may be a record of one of several objects. */
  | { kind: 'parents'; name: string }
  | { kind: 'children'; name: string; child: ObjectDef };

/** Roles are kept in the extensions of the schema's fields. */
export const withRole = (role: Role): { extensions: { role: Role } } => ({ extensions: { role } });

export const roleOf = ({ extensions }: { extensions: Readonly<Record<string | symbol, unknown>> }): Role | undefined =>
  extensions.role as Role | undefined;
