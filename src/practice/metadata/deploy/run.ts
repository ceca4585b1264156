/** Carries a package out: deletions before, components in the order of what they need, deletions after. */
import { hasNetworks, splitName, type Kind, type Work } from '../kind.js';
import { Problem } from '../problem.js';
import { kindOf, kinds } from '../registry.js';
import { textAt } from '../xml/read.js';
import type { Deletion, Package, Unit } from './package.js';
import { done, refused, warned, type Message } from './result.js';

/** @throws Problem where the user lacks what the type needs, or the org lacks the feature. */
export const checkAllowed = ({ session, tools }: Work, kind: Kind): void => {
  if (kind.needsNetworks && !hasNetworks(tools)) throw new Problem('Not available for deploy for this organization');
  if (!kind.needs || kind.needs.some((permission) => session.has(permission))) return;
  throw new Problem('insufficient access rights on cross-reference id', undefined, 'INSUFFICIENT_ACCESS');
};

const writeUnit = (work: Work, { kind, fileName, incoming }: Unit): Message => {
  const subject = { componentType: kind.name, fullName: incoming.fullName, fileName };
  try {
    return work.tools.store.transaction(() => {
      checkAllowed(work, kind);
      const { id, created, changed } = kind.write(work, incoming);
      return done(subject, { created, changed, ...(id ? { id } : {}) });
    });
  } catch (error) {
    // The platform names settings that it refuses by their own type.
    return refused({ ...subject, componentType: kind.root?.(incoming.fullName) ?? kind.name }, error);
  }
};

/** Types that a deletion may mean: folders go by the type of what they hold (platform-facts B5). */
const kindsOf = (type: string): Kind[] => {
  const kind = kindOf(type);
  return [...(kind && !kind.folderOf ? [kind] : []), ...kinds().filter(({ folderOf }) => folderOf === type)];
};

const removeBy = (work: Work, kind: Kind, fullName: string): boolean => {
  checkAllowed(work, kind);
  if (!kind.remove) throw new Problem(`Components of type ${kind.name} cannot be deleted`);
  return kind.remove(work, fullName);
};

const removeOne = (work: Work, { type, fullName, fileName }: Deletion): Message => {
  const subject = { componentType: type, fullName, fileName };
  try {
    const found = kindsOf(type);
    if (found.length === 0) throw new Problem(`Unknown type name '${type}' specified in package.xml`);
    if (fullName === '*') throw new Problem('Wildcards are not allowed in destructive changes');
    const removed = work.tools.store.transaction(() => found.some((kind) => removeBy(work, kind, fullName)));
    return removed
      ? done(subject, { deleted: true, changed: true })
      : warned(subject, `No ${type} named: ${fullName} found`);
  } catch (error) {
    return refused(subject, error);
  }
};

/** Depth of a role in the deploy: its parents there come first. */
const roleDepth = (units: ReadonlyMap<string, Unit>, unit: Unit, seen = 0): number => {
  const parent = units.get(textAt(unit.incoming.body, 'parentRole') ?? '');
  return parent && seen < units.size ? roleDepth(units, parent, seen + 1) : seen;
};

/** Depth of a field: formulas come behind the fields of the deploy that they read, whatever the order of the files. */
const fieldDepth = (fields: readonly Unit[], unit: Unit, seen = 0): number => {
  const formula = textAt(unit.incoming.body, 'formula');
  if (formula === undefined || seen > fields.length) return 0;
  const read = fields.filter(
    (other) => other !== unit && new RegExp(`\\b${splitName(other.incoming.fullName).name}\\b`, 'i').test(formula)
  );
  return 1 + Math.max(0, ...read.map((other) => fieldDepth(fields, other, seen + 1)));
};

const inOrder = (units: Unit[]): Unit[] => {
  const roles = new Map(units.filter(({ kind }) => kind.name === 'Role').map((unit) => [unit.incoming.fullName, unit]));
  const fields = units.filter(({ kind }) => kind.name === 'CustomField');
  const depths = new Map(fields.map((unit) => [unit, fieldDepth(fields, unit)]));
  const depth = (unit: Unit): number => (unit.kind.name === 'Role' ? roleDepth(roles, unit) : (depths.get(unit) ?? 0));
  return units.toSorted((a, b) => a.kind.order - b.kind.order || depth(a) - depth(b));
};

/** Objects whose rules are touched and locked: rules of the deploy itself lock them only for the next one. */
export const lockedObjects = (tools: Work['tools'], names: Iterable<string>): Set<string> => {
  const objects = new Set([...names].map((name) => tools.catalog.object(name)?.name ?? name));
  return new Set([...objects].filter((object) => tools.sharing.rules.isLocked(object)));
};

const ruleNames = ({ units, before, after }: Package): string[] => [
  ...units.filter(({ kind }) => kind.parent === 'SharingRules').map(({ incoming }) => incoming.fullName),
  ...[...before, ...after].filter(({ type }) => type.startsWith('Sharing')).map(({ fullName }) => fullName),
];

/** Objects of a package whose sharing rules are locked now. */
export const lockedBy = (tools: Work['tools'], contents: Package): Set<string> =>
  lockedObjects(
    tools,
    ruleNames(contents).map((name) => splitName(name).object)
  );

/** Components of a package, as the counters of a deploy count them. */
export const countOf = ({ units, before, after, problems }: Package): number =>
  units.length + before.length + after.length + problems.length;

/** Writes a package; each component that is refused leaves nothing behind. Rolling back the rest is the caller's. */
export const carryOut = (work: Work, contents: Package): Message[] => [
  ...contents.problems,
  ...contents.before.map((deletion) => removeOne(work, deletion)),
  ...inOrder(contents.units).map((unit) => writeUnit(work, unit)),
  ...contents.after.map((deletion) => removeOne(work, deletion)),
];
