/** Reads the package of a deploy: manifests, components, deletions, and everything that is wrong with them. */
import { PlatformError } from '../../errors.js';
import type { Incoming, Kind } from '../kind.js';
import { parseManifest, type Manifest } from '../manifest.js';
import { Problem } from '../problem.js';
import { kindOf, kinds, partName } from '../registry.js';
import type { Body } from '../types.js';
import { bodyOf, looseBody } from '../xml/body.js';
import { NAMESPACE, parseXml, type Element } from '../xml/element.js';
import { bodiesAt, textOf } from '../xml/read.js';
import { isComplex } from '../xml/schema.js';
import { sortFiles, type Bundle } from './files.js';
import { refused, type Message, type Subject } from './result.js';

/** One component to write. */
export type Unit = { kind: Kind; fileName: string; incoming: Incoming };

/** One component to remove; a folder is named by the type of what it holds. */
export type Deletion = { type: string; fullName: string; fileName: string };

export type Package = {
  version: number;
  units: Unit[];
  before: Deletion[];
  after: Deletion[];
  /** What is wrong before anything is written. */
  problems: Message[];
  /** Types that the practice org does not know. */
  unknown: string[];
};

const DESTRUCTIVE = {
  before: ['destructiveChangesPre.xml', 'destructiveChanges.xml'],
  after: ['destructiveChangesPost.xml'],
};
const MANIFESTS = new Set(['package.xml', ...DESTRUCTIVE.before, ...DESTRUCTIVE.after]);

const subject = (componentType: string, fullName: string, fileName: string): Subject => ({
  componentType,
  fullName,
  fileName,
});

/** Leading folder of the package in the zip, empty or with a slash. @throws Problem where there is no package.xml. */
const rootOf = (files: ReadonlyMap<string, Buffer>): string => {
  if (files.has('package.xml')) return '';
  const roots = [...files.keys()].filter((path) => /^[^/]+\/package\.xml$/.test(path));
  if (roots.length === 1) return roots[0]!.slice(0, -'package.xml'.length);
  throw new Problem(roots.length === 0 ? 'No package.xml found' : 'Only one package can be deployed at a time');
};

/** Types that manifests name for their folders, such as `Report`. */
const isFolderContent = (type: string): boolean => kinds().some(({ folderOf }) => folderOf === type);

/** Definition of a component. @throws Problem where the file is not one of its type. */
const readDefinition = (kind: Kind, fullName: string, data: Buffer): Body => {
  const type = kind.root?.(fullName) ?? kind.name;
  const root: Element = parseXml(data.toString('utf8'));
  if (root.name !== type || root.namespace !== NAMESPACE) {
    const message = `Error parsing file: Unexpected element {${root.namespace}}${root.name} in type ${type}`;
    throw new Problem(message, root.place);
  }
  if (kind.asIs) return looseBody(root);
  if (!isComplex(type)) throw new Problem(`Unknown ${kind.name}: ${fullName}`);
  return bodyOf(root, type);
};

class Reader {
  private readonly problems: Message[] = [];
  private readonly units: Unit[] = [];
  private readonly found = new Set<string>();
  private readonly unknown: string[] = [];
  private manifest: Manifest = { types: new Map() };

  public constructor(
    private readonly root: string,
    private readonly files: ReadonlyMap<string, Buffer>
  ) {}

  public read(defaultVersion: number): Package {
    this.manifest = this.manifestOf('package.xml');
    for (const type of this.manifest.types.keys()) this.checkType(type);
    const content = new Map([...this.files].filter(([path]) => !MANIFESTS.has(path)));
    const { bundles, strays } = sortFiles(content);
    for (const { fileName, problem } of strays) {
      const name = fileName.slice(fileName.lastIndexOf('/') + 1);
      this.problems.push(refused(subject('', name, this.root + fileName), problem));
    }
    for (const bundle of bundles) this.addBundle(bundle);
    this.checkMissing();
    const version = Number(this.manifest.version ?? defaultVersion);
    const { units, problems, unknown } = this;
    return { version, units, ...this.deletions(), problems, unknown };
  }

  private manifestOf(name: string): Manifest {
    const data = this.files.get(name);
    if (!data) return { types: new Map() };
    try {
      return parseManifest(data.toString('utf8'));
    } catch (error) {
      this.problems.push(refused(subject('', name, this.root + name), error));
      return { types: new Map() };
    }
  }

  private checkType(type: string): void {
    if (kindOf(type) && !kindOf(type)!.folderOf) return;
    if (isFolderContent(type)) return;
    this.unknown.push(type);
    const problem = new Problem(`Unknown type name '${type}' specified in package.xml`);
    this.problems.push(refused(subject('', 'package.xml', `${this.root}package.xml`), problem));
  }

  private isListed(kind: Kind, fullName: string): boolean {
    const members = this.manifest.types.get(kind.folderOf ?? kind.name);
    return members !== undefined && (members.includes(fullName) || members.includes('*'));
  }

  private addBundle(bundle: Bundle): void {
    const { kind, fullName, fileName } = bundle;
    try {
      if (kind.parts) this.addParts(bundle);
      else if (this.isListed(kind, fullName))
        this.add(kind, fileName, { fullName, body: this.bodyOf(bundle), files: bundle.files });
      else throw new Problem('Not in package.xml');
    } catch (error) {
      this.found.add(`${kind.folderOf ?? kind.name}\n${fullName}`);
      const type = kind.root?.(fullName) ?? kind.name;
      this.problems.push(refused(subject(type, fullName, this.root + fileName), error));
    }
  }

  private add(kind: Kind, fileName: string, incoming: Incoming): void {
    this.found.add(`${kind.folderOf ?? kind.name}\n${incoming.fullName}`);
    this.units.push({ kind, fileName: this.root + fileName, incoming });
  }

  private bodyOf({ kind, definition, fullName }: Bundle): Body {
    if (!definition) throw new Problem(`Missing metadata file for ${kind.name} ${fullName}`);
    return readDefinition(kind, fullName, definition);
  }

  /** The file of a type with parts: its own definition, and each part that the manifest names. */
  private addParts(bundle: Bundle): void {
    const { kind, fullName, fileName } = bundle;
    const body = this.bodyOf(bundle);
    const whole = this.isListed(kind, fullName);
    if (whole) this.add(kind, fileName, { fullName, body: ownPart(kind, body), files: {} });
    for (const { part, name, body: partBody } of partsOf(kind, fullName, body)) {
      if (whole || this.isListed(part, name)) this.add(part, fileName, { fullName: name, body: partBody, files: {} });
      else
        this.problems.push(refused(subject(part.name, name, this.root + fileName), new Problem('Not in package.xml')));
    }
  }

  private checkMissing(): void {
    for (const [type, members] of this.manifest.types) {
      if (!kindOf(type) && !isFolderContent(type)) continue;
      for (const member of members) {
        if (member === '*' || this.found.has(`${type}\n${member}`)) continue;
        const message = `An object '${member}' of type ${type} was named in package.xml, but was not found in zipped directory`;
        this.problems.push(refused(subject('', member, `${this.root}package.xml`), new Problem(message)));
      }
    }
  }

  private deletions(): Pick<Package, 'before' | 'after'> {
    const read = (names: string[]): Deletion[] => names.flatMap((name) => this.deletionsIn(name));
    return { before: read(DESTRUCTIVE.before), after: read(DESTRUCTIVE.after) };
  }

  private deletionsIn(fileName: string): Deletion[] {
    return [...this.manifestOf(fileName).types].flatMap(([type, members]) =>
      members.map((fullName) => ({ type, fullName, fileName: this.root + fileName }))
    );
  }
}

/** What a body says about its component itself, without the parts. */
export const ownPart = (kind: Kind, body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([element]) => !kind.parts?.[element]));

/** The parts in a body, with their full names. @throws Problem for a part without a name. */
export const partsOf = (kind: Kind, fullName: string, body: Body): Array<{ part: Kind; name: string; body: Body }> =>
  Object.entries(kind.parts ?? {}).flatMap(([element, type]) =>
    bodiesAt(body, element).map(({ fullName: name, ...rest }) => {
      const own = textOf({ name }, 'name').trim();
      if (own === '') throw new Problem(`Required field is missing: fullName`);
      return { part: kindOf(type)!, name: partName(kind, fullName, own), body: rest };
    })
  );

/** Reads the unzipped files of a deploy. Nothing is thrown: what is wrong is in `problems`. */
export const readPackage = (files: ReadonlyMap<string, Buffer>, version: number): Package => {
  try {
    const root = rootOf(files);
    const below = new Map(
      [...files]
        .filter(([path]) => path.startsWith(root))
        .map(([path, data]) => [path.slice(root.length), data] as const)
    );
    return new Reader(root, below).read(version);
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    const problems = [refused(subject('', 'package.xml', 'package.xml'), error)];
    return { version, units: [], before: [], after: [], problems, unknown: [] };
  }
};
