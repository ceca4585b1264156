/** What a metadata type is to the room: where its files lie, and how its components are read, written and removed. */
import type { InputRecord, SaveOperation, Saver, Session } from '../contracts.js';
import type { Author } from '../rules/records.js';
import type { SaveTools } from '../save/context.js';
import { Problem } from './problem.js';
import type { Body } from './types.js';

/** Where files of a type lie in a zip. */
export type Place = {
  directory: string;
  /** Ending of the file; absent where the component is a folder of files. */
  suffix?: string;
  /** The definition is in a `-meta.xml` file beside the content. */
  metaFile?: boolean;
  /** Components lie in folders, and their names carry the folder's. */
  inFolder?: boolean;
};

/** A deploy or a call on its way. */
export type Work = {
  tools: SaveTools;
  saver: Saver;
  session: Session;
  author: Author;
  /** API version, such as 66. */
  version: number;
  /** Objects whose sharing rules were locked when the work began. */
  locked: ReadonlySet<string>;
};

export type Incoming = {
  fullName: string;
  body: Body;
  /** Files of the component by their path below the type's directory, where it came in a zip. */
  files: Record<string, Buffer>;
};

export type Written = { id: string; created: boolean; changed: boolean };

/** A component as lists show it. */
export type Listed = {
  fullName: string;
  id: string;
  createdById: string;
  createdDate: string;
  lastModifiedById: string;
  lastModifiedDate: string;
};

export type Kind = {
  name: string;
  /** Absent for parts of other types' files. */
  place?: Place;
  /** Type in whose files the components of this one lie. */
  parent?: string;
  /** Parts of a file: element to type. */
  parts?: Readonly<Record<string, string>>;
  /** Components of a lower order are deployed first. */
  order: number;
  /** System permissions of which one is needed to write, beside those that every deploy needs. */
  needs?: readonly string[];
  /** Exists only where Digital Experiences is on. */
  needsNetworks?: boolean;
  /** Folder types: listed in manifests under the type of the content. */
  folderOf?: string;
  /** Root element of a definition, where it is not the type's name. */
  root?(fullName: string): string;
  /** The file is kept byte for byte; its root is checked, its elements are not. */
  asIs?: boolean;
  /** Whether `*` stands for a component, where not for all. */
  inWildcard?(fullName: string): boolean;
  /** All components; for parts of files also those of one file alone. */
  list(tools: SaveTools, file?: string): Listed[];
  read(tools: SaveTools, fullName: string): Body | undefined;
  /** Files to put into a zip beside or instead of the written body. */
  files?(tools: SaveTools, fullName: string): Record<string, Buffer> | undefined;
  /** @throws Problem or PlatformError where the component is refused. */
  write(work: Work, incoming: Incoming): Written;
  /** Whether it was there. Absent where components of the type cannot be deleted. */
  remove?(work: Work, fullName: string): boolean;
  /** Gives a component another name; whether it was there. Absent where names stay. */
  rename?(work: Work, from: string, to: string): boolean;
};

/** Saves one record by the saver. @returns its id. @throws Problem in the saver's words. */
export const save = (work: Work, operation: SaveOperation, object: string, record: InputRecord): string => {
  const { saver, session } = work;
  const [result] = saver.save(operation, object, [record], { session, assignment: 'none', source: 'metadata' });
  if (result!.success) return result!.id!;
  const [error] = result!.errors;
  throw new Problem(error!.message, undefined, error!.statusCode);
};

/** Whether Digital Experiences is on (platform-facts A1). */
export const hasNetworks = ({ preferences }: SaveTools): boolean => preferences.on('Communities.enableNetworksEnabled');

/** The part of a full name behind the object's, such as `My_Leads` of `Lead.My_Leads`. */
export const splitName = (fullName: string): { object: string; name: string } => {
  const at = fullName.indexOf('.');
  return at < 0 ? { object: '', name: fullName } : { object: fullName.slice(0, at), name: fullName.slice(at + 1) };
};

const API_NAME = /^[A-Za-z](?:[0-9A-Za-z]|_(?!_|$))*$/;

/** @throws Problem for a name that is no API name. */
export const checkApiName = (name: string, label = 'Full name'): void => {
  if (API_NAME.test(name) && name.length <= 80) return;
  throw new Problem(
    `${label}: ${name}: can only contain underscores and alphanumeric characters. It must be unique, begin with a ` +
      'letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.'
  );
};
