/** Files of a zip, sorted into the components that they make up. Pure. */
import type { Kind } from '../kind.js';
import { Problem } from '../problem.js';
import { kinds, kindsIn } from '../registry.js';

/** Files of one component, as the zip has them. */
export type Bundle = {
  kind: Kind;
  fullName: string;
  /** Path below the root of the package; of a component of many files the folder. */
  fileName: string;
  /** File with the definition in XML; absent where it is missing. */
  definition?: Buffer;
  /** By path below the type's directory. */
  files: Record<string, Buffer>;
};

/** A file that belongs to no component. */
export type Stray = { fileName: string; problem: Problem };

const META = '-meta.xml';

type Found = { kind: Kind; fullName: string; fileName: string; isDefinition: boolean };

const inBundle = (kind: Kind, directory: string, rest: string): Found | undefined => {
  const at = rest.indexOf('/');
  if (at < 0) return undefined;
  const fullName = rest.slice(0, at);
  return { kind, fullName, fileName: `${directory}/${fullName}`, isDefinition: rest.endsWith(META) };
};

const inFile = (kind: Kind, directory: string, rest: string): Found | undefined => {
  const { suffix, metaFile, inFolder } = kind.place!;
  const isMeta = rest.endsWith(META);
  const path = isMeta ? rest.slice(0, -META.length) : rest;
  if (!path.endsWith(`.${suffix!}`) || (isMeta && !metaFile)) return undefined;
  const fullName = path.slice(0, -suffix!.length - 1);
  if (fullName === '' || fullName.includes('/') !== Boolean(inFolder)) return undefined;
  return { kind, fullName, fileName: `${directory}/${path}`, isDefinition: metaFile ? isMeta : true };
};

/** B5: `reports/Name-meta.xml`, or with the type's suffix before the ending; folders may lie in folders. */
const asFolder = (kind: Kind, directory: string, rest: string): Found | undefined => {
  if (!rest.endsWith(META)) return undefined;
  const path = rest.slice(0, -META.length);
  const ending = `.${kind.place!.suffix!}`;
  const fullName = path.endsWith(ending) ? path.slice(0, -ending.length) : path;
  if (fullName === '' || fullName.includes('.')) return undefined;
  return { kind, fullName, fileName: `${directory}/${rest}`, isDefinition: true };
};

/** Which folder type a definition has; several share a directory. */
const rootIs = (kind: Kind, data: Buffer): boolean =>
  new RegExp(`<(?:\\w+:)?${kind.name}[\\s/>]`).test(data.toString('utf8'));

const find = (path: string, data: Buffer): Found | undefined => {
  const at = path.indexOf('/');
  const directory = path.slice(0, Math.max(at, 0));
  const rest = path.slice(at + 1);
  for (const kind of kindsIn(directory)) {
    const look = kind.folderOf ? asFolder : kind.place!.suffix ? inFile : inBundle;
    const found = look(kind, directory, rest);
    if (found && (!kind.folderOf || rootIs(kind, data))) return found;
  }
  return undefined;
};

const strayProblem = (path: string): Problem => {
  const directory = path.split('/')[0]!;
  const known = kinds().some(({ place }) => place?.directory === directory);
  return new Problem(known ? 'Not in package.xml' : `Unknown folder in package: ${directory}`);
};

/** Components of the files below the root of a package, and files that belong to none. */
export const sortFiles = (files: ReadonlyMap<string, Buffer>): { bundles: Bundle[]; strays: Stray[] } => {
  const bundles = new Map<string, Bundle>();
  const strays: Stray[] = [];
  for (const [path, data] of files) {
    const found = find(path, data);
    if (!found) {
      strays.push({ fileName: path, problem: strayProblem(path) });
      continue;
    }
    const { kind, fullName, fileName, isDefinition } = found;
    const key = `${kind.name}\n${fullName}`;
    let bundle = bundles.get(key);
    if (!bundle) bundles.set(key, (bundle = { kind, fullName, fileName, files: {} }));
    bundle.files[path.slice(path.indexOf('/') + 1)] = data;
    if (isDefinition) bundle.definition = data;
  }
  return { bundles: [...bundles.values()], strays };
};
