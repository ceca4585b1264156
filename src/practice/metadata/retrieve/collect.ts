/** Finds what a retrieve asks for, and makes the files. */
import type { SaveTools } from '../../save/context.js';
import type { Kind, Listed } from '../kind.js';
import { writeManifest, type Manifest } from '../manifest.js';
import { fileOfPart, kindOf, kinds } from '../registry.js';
import { listOf, readComponent, readParts } from '../read-component.js';
import { writeFile } from '../xml/write.js';

/** FileProperties, without the names of users. */
export type Retrieved = Listed & { type: string; fileName: string };

export type Collected = {
  /** Paths in the zip, without a leading folder. */
  files: Map<string, Buffer>;
  properties: Retrieved[];
  messages: Array<{ fileName: string; problem: string }>;
};

const MANIFEST = 'package.xml';

/** Path of the file of a component below the package; of one with many files, their folder. */
export const pathOf = ({ place, folderOf }: Kind, fullName: string): string => {
  const { directory, suffix } = place!;
  if (folderOf) return `${directory}/${fullName}-meta.xml`;
  return suffix ? `${directory}/${fullName}.${suffix}` : `${directory}/${fullName}`;
};

/** Folder types whose folders go by the name of a type of content (platform-facts B5). */
const foldersOf = (type: string): Kind[] => kinds().filter(({ folderOf }) => folderOf === type);

class Collector {
  private readonly files = new Map<string, Buffer>();
  private readonly properties: Retrieved[] = [];
  private readonly messages: Collected['messages'] = [];
  /** Files of types with parts: key `type\nname` to the parts, or all of them. */
  private readonly parts = new Map<string, Set<string> | 'all'>();
  private readonly manifest = new Map<string, Set<string>>();
  /** Components by name in lower case, of the types asked for so far. */
  private readonly listed = new Map<Kind, Map<string, Listed>>();

  public constructor(private readonly tools: SaveTools) {}

  public collect({ types, version = '' }: Manifest, defaultVersion: string): Collected {
    for (const [type, members] of types) for (const member of members) this.add(type, member);
    for (const [key, parts] of this.parts) this.writeParts(key, parts);
    this.files.set(MANIFEST, Buffer.from(writeManifest(this.manifest, version || defaultVersion)));
    const { files, properties, messages } = this;
    return { files, properties, messages };
  }

  private add(type: string, member: string): void {
    const found = [kindOf(type), ...foldersOf(type)].filter(
      (kind): kind is Kind => kind !== undefined && (!kind.folderOf || kind.name !== type)
    );
    if (found.length === 0) {
      this.problem(`Entity type: '${type}' is unknown`);
      return;
    }
    if (member === '*') {
      for (const kind of found) if (!kind.place?.inFolder && !kind.folderOf) this.addAll(kind);
      return;
    }
    const kind = found.find((one) => this.find(one, member));
    if (kind) this.addOne(kind, this.find(kind, member)!);
    else this.problem(`Entity of type '${type}' named '${member}' cannot be found`);
  }

  private problem(problem: string): void {
    this.messages.push({ fileName: `unpackaged/${MANIFEST}`, problem });
  }

  private find(kind: Kind, fullName: string): Listed | undefined {
    let known = this.listed.get(kind);
    if (!known) {
      known = new Map(listOf(this.tools, kind).map((listed) => [listed.fullName.toLowerCase(), listed]));
      this.listed.set(kind, known);
    }
    return known.get(fullName.toLowerCase());
  }

  private addAll(kind: Kind): void {
    for (const listed of listOf(this.tools, kind)) {
      if (kind.inWildcard?.(listed.fullName) ?? true) this.addOne(kind, listed);
    }
  }

  private addOne(kind: Kind, listed: Listed): void {
    const type = kind.folderOf ?? kind.name;
    this.manifest.set(type, (this.manifest.get(type) ?? new Set()).add(listed.fullName));
    if (kind.parent) this.addPart(kind, listed);
    else if (kind.parts) this.parts.set(`${kind.name}\n${listed.fullName}`, 'all');
    else this.addFiles(kind, listed);
  }

  private addPart(kind: Kind, { fullName }: Listed): void {
    const key = `${kind.parent!}\n${fileOfPart(kind, fullName)}`;
    const known = this.parts.get(key) ?? new Set();
    if (known !== 'all') this.parts.set(key, known.add(`${kind.name}\n${fullName}`));
  }

  private addFiles(kind: Kind, listed: Listed): void {
    const path = pathOf(kind, listed.fullName);
    const kept = kind.files?.(this.tools, listed.fullName);
    if (kept) {
      for (const [file, data] of Object.entries(kept)) this.files.set(`${kind.place!.directory}/${file}`, data);
    } else {
      const body = readComponent(this.tools, kind, listed.fullName) ?? {};
      this.files.set(path, Buffer.from(writeFile(kind.root?.(listed.fullName) ?? kind.name, body)));
    }
    this.properties.push({ ...listed, type: kind.name, fileName: path });
  }

  private writeParts(key: string, parts: Set<string> | 'all'): void {
    const [type, fullName] = key.split('\n') as [string, string];
    const kind = kindOf(type)!;
    const path = pathOf(kind, fullName);
    const body =
      parts === 'all' ? readComponent(this.tools, kind, fullName) : readParts(this.tools, kind, fullName, parts);
    this.files.set(path, Buffer.from(writeFile(type, body ?? {})));
    if (parts === 'all') this.properties.push({ ...this.find(kind, fullName)!, type, fileName: path });
    for (const partType of new Set(Object.values(kind.parts!)))
      this.addPartProperties(kindOf(partType)!, fullName, path, parts);
  }

  private addPartProperties(part: Kind, file: string, fileName: string, only: Set<string> | 'all'): void {
    for (const listed of part.list(this.tools, file)) {
      if (fileOfPart(part, listed.fullName) !== file) continue;
      if (only !== 'all' && !only.has(`${part.name}\n${listed.fullName}`)) continue;
      this.properties.push({ ...listed, type: part.name, fileName });
    }
  }
}

/** Files, properties and messages of a retrieve. */
export const collect = (tools: SaveTools, manifest: Manifest, version: string): Collected =>
  new Collector(tools).collect(manifest, version);
