/** What the metadata room promises the others: components that are kept as they were deployed. */
import type { Author } from '../rules/records.js';

/** Content of a metadata file as plain data: text, nested elements, arrays where an element repeats. */
export type Body = { [element: string]: Body | Body[] | string | string[] | undefined };

/** A component whose definition is kept as it is, such as a list view, labels, an Apex class. */
export type Component = {
  /** Metadata type, such as `ListView`. */
  type: string;
  /** Such as `Lead.My_Leads`. */
  fullName: string;
  id: string;
  body: Body;
  /** Files beside the definition, path below the type's directory to content, such as a component's JavaScript. */
  files: Record<string, Buffer>;
  createdById: string;
  createdDate: string;
  lastModifiedById: string;
  lastModifiedDate: string;
};

export type NewComponent = Pick<Component, 'type' | 'fullName' | 'body'> & {
  files?: Record<string, Buffer>;
  /** Id of the record behind the component; a new one of the type's key prefix where absent. */
  id?: string;
};

export type ComponentStore = {
  list(type: string): Component[];
  find(type: string, fullName: string): Component | undefined;
  put(author: Author, component: NewComponent): { id: string; created: boolean; changed: boolean };
  remove(type: string, fullName: string): boolean;
};
