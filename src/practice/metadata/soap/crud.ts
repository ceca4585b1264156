/** createMetadata, updateMetadata, upsertMetadata, deleteMetadata, readMetadata, renameMetadata. */
import { PlatformError } from '../../errors.js';
import { commit } from '../../http/save.js';
import type { SoapCall } from '../../soap/call.js';
import { all, child, isElement, text, textOf, type Node } from '../../soap/envelope.js';
import { element, RawXml } from '../../soap/xml.js';
import { requireReader, requireWriter } from '../access.js';
import { ownPart, partsOf } from '../deploy/package.js';
import { checkAllowed, lockedObjects } from '../deploy/run.js';
import { splitName, type Incoming, type Kind, type Work } from '../kind.js';
import { Problem } from '../problem.js';
import { kindOf } from '../registry.js';
import { findListed, readComponent } from '../read-component.js';
import type { Body } from '../types.js';
import { bodyOf, looseBody } from '../xml/body.js';
import { textAt } from '../xml/read.js';
import { isComplex } from '../xml/schema.js';
import { innerXml, writeFile } from '../xml/write.js';
import { elementOf, typeOf } from './nodes.js';

/** Components of one call. */
const MOST = 10;

type Saved = { fullName: string; success: boolean; created: boolean; errors: object[] };

const checkCount = (count: number): void => {
  if (count <= MOST) return;
  throw new PlatformError('LIMIT_EXCEEDED', `Maximum of ${MOST} components allowed in one call, found ${count}`, 500);
};

/** Settings go by the name of their own type too, such as `CommunitiesSettings`. */
const requireKind = (type: string): Kind => {
  const kind = kindOf(type) ?? (type.endsWith('Settings') ? kindOf('Settings') : undefined);
  if (!kind) throw new PlatformError('INVALID_TYPE', `Unknown type:${type}`, 500);
  return kind;
};

const workOf = ({ rooms, session, version }: SoapCall, names: string[]): Work => {
  const { tools, saver } = rooms.org;
  const author = { tools, userId: session.user.Id, now: tools.clock.stamp() };
  const objects = names.flatMap((name) => [name, splitName(name).object]).filter(Boolean);
  return { tools, saver, session, author, version: Number(version), locked: lockedObjects(tools, objects) };
};

/** @throws Problem for types with content beside the definition, which only a deploy can carry. */
const checkCrud = ({ name, place }: Kind): void => {
  if (!place || (place.suffix && !place.metaFile)) return;
  throw new Problem(`CRUD calls are not available for ${name}; deploy it`, undefined, 'INVALID_TYPE');
};

const incomingOf = (kind: Kind, node: Node): Incoming => {
  checkCrud(kind);
  const fullName = text(node, 'fullName')?.trim() ?? '';
  if (fullName === '') throw new Problem('Required field is missing: fullName', undefined, 'REQUIRED_FIELD_MISSING');
  const type = kind.root?.(fullName) ?? kind.name;
  const root = elementOf(type, node);
  const { fullName: _name, ...body } = kind.asIs || !isComplex(type) ? looseBody(root) : bodyOf(root, type);
  const files: Incoming['files'] = kind.asIs
    ? { [`${fullName}.${kind.place!.suffix!}`]: Buffer.from(writeFile(type, body)) }
    : {};
  return { fullName, body, files };
};

/** Writes a component with its parts. @returns whether it is new */
const writeWhole = (work: Work, kind: Kind, incoming: Incoming): boolean => {
  checkAllowed(work, kind);
  if (!kind.parts) return kind.write(work, incoming).created;
  const { created } = kind.write(work, { ...incoming, body: ownPart(kind, incoming.body) });
  for (const { part, name, body } of partsOf(kind, incoming.fullName, incoming.body)) {
    part.write(work, { fullName: name, body, files: {} });
  }
  return created;
};

type Mode = 'create' | 'update' | 'upsert';

const checkMode = (work: Work, mode: Mode, kind: Kind, fullName: string): void => {
  if (mode === 'upsert' || (mode === 'create' && kind.name === 'SharingRules')) return;
  const known = findListed(work.tools, kind, fullName) !== undefined;
  if (mode === 'create' && known) {
    throw new Problem(`There is already a ${kind.name} named ${fullName}`, undefined, 'DUPLICATE_DEVELOPER_NAME');
  }
  if (mode === 'update' && !known) {
    throw new Problem(`no ${kind.name} named ${fullName} found`, undefined, 'INVALID_CROSS_REFERENCE_KEY');
  }
};

const errorOf = (error: unknown): object => {
  if (error instanceof Problem) return { message: error.message, statusCode: error.code };
  if (error instanceof PlatformError)
    return { fields: error.fields, message: error.message, statusCode: error.errorCode };
  throw error;
};

/** One component in a savepoint of its own. */
const attempt = (call: SoapCall, fullName: string, work: () => boolean): Saved => {
  try {
    const created = call.rooms.org.store.transaction(work);
    return { fullName, success: true, created, errors: [] };
  } catch (error) {
    return { fullName, success: false, created: false, errors: [errorOf(error)] };
  }
};

class AllUndone extends Error {}

const ROLLED_BACK = {
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
};

/** All components of a call in one transaction; with AllOrNoneHeader one failure undoes all. */
const together = (call: SoapCall, work: () => Saved[]): Saved[] => {
  const allOrNone = text(child(call.headers, 'AllOrNoneHeader'), 'allOrNone') === 'true';
  let saved: Saved[] = [];
  try {
    return commit(call.rooms, call.occasion, () => {
      saved = work();
      if (allOrNone && saved.some(({ success }) => !success)) throw new AllUndone();
      return saved;
    });
  } catch (error) {
    if (!(error instanceof AllUndone)) throw error;
    return saved.map((one) => (one.success ? { ...one, success: false, created: false, errors: [ROLLED_BACK] } : one));
  }
};

const save =
  (mode: Mode) =>
  (call: SoapCall): object[] => {
    requireWriter(call.session);
    const nodes = all(call.args, 'metadata').filter(isElement);
    checkCount(nodes.length);
    const named = nodes.map((node) => ({
      node,
      kind: requireKind(typeOf(node)),
      fullName: text(node, 'fullName')?.trim() ?? '',
    }));
    const work = workOf(
      call,
      named.map(({ fullName }) => fullName)
    );
    const saved = together(call, () =>
      named.map(({ node, kind, fullName }) =>
        attempt(call, fullName, () => {
          const incoming = incomingOf(kind, node);
          checkMode(work, mode, kind, incoming.fullName);
          return writeWhole(work, kind, incoming);
        })
      )
    );
    return saved.map(({ created, ...rest }) => (mode === 'upsert' ? { created, ...rest } : rest));
  };

export const createMetadata = save('create');
export const updateMetadata = save('update');
export const upsertMetadata = save('upsert');

const namesIn = ({ args }: SoapCall): string[] => all(args, 'fullNames').map((name) => textOf(name)?.trim() ?? '');

export const deleteMetadata = (call: SoapCall): object[] => {
  requireWriter(call.session);
  const kind = requireKind(text(call.args, 'type')?.trim() ?? '');
  const names = namesIn(call);
  checkCount(names.length);
  const work = workOf(call, names);
  const saved = together(call, () =>
    names.map((fullName) =>
      attempt(call, fullName, () => {
        checkAllowed(work, kind);
        if (!kind.remove)
          throw new Problem(`Components of type ${kind.name} cannot be deleted`, undefined, 'INVALID_TYPE');
        if (kind.remove(work, fullName)) return false;
        throw new Problem(`no ${kind.name} named ${fullName} found`, undefined, 'INVALID_CROSS_REFERENCE_KEY');
      })
    )
  );
  return saved.map(({ created: _created, ...rest }) => rest);
};

const recordXml = (kind: Kind, fullName: string, body: Body | undefined): RawXml => {
  if (!body) return new RawXml('<records xsi:nil="true"/>');
  const type = kind.root?.(fullName) ?? kind.name;
  const inner = element('fullName', textAt(body, 'fullName') ?? fullName) + innerXml(type, body);
  return new RawXml(`<records xsi:type="${type}">${inner}</records>`);
};

/** Definitions in the order of the names; empty where there is none. */
export const readMetadata = (call: SoapCall): RawXml[] => {
  requireReader(call.session);
  const kind = requireKind(text(call.args, 'type')?.trim() ?? '');
  const names = namesIn(call);
  checkCount(names.length);
  const { tools } = call.rooms.org;
  return [new RawXml(names.map((name) => recordXml(kind, name, readComponent(tools, kind, name)).text).join(''))];
};

export const renameMetadata = (call: SoapCall): object[] => {
  requireWriter(call.session);
  const kind = requireKind(text(call.args, 'type')?.trim() ?? '');
  const from = text(call.args, 'oldFullName')?.trim() ?? '';
  const to = text(call.args, 'newFullName')?.trim() ?? '';
  const work = workOf(call, [from]);
  const saved = together(call, () => [
    attempt(call, from, () => {
      checkAllowed(work, kind);
      if (!kind.rename)
        throw new Problem(`Components of type ${kind.name} cannot be renamed`, undefined, 'INVALID_TYPE');
      if (findListed(work.tools, kind, to))
        throw new Problem(`There is already a ${kind.name} named ${to}`, undefined, 'DUPLICATE_DEVELOPER_NAME');
      if (!kind.rename(work, from, to))
        throw new Problem(`no ${kind.name} named ${from} found`, undefined, 'INVALID_CROSS_REFERENCE_KEY');
      return false;
    }),
  ]);
  return saved.map(({ created: _created, ...rest }) => rest);
};
