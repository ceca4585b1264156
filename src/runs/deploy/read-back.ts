/** Whether an org holds what a deploy would bring. Tells what became of a deploy whose reply was lost. */
import type { Connection } from '@salesforce/core';
import { listMetadata, retrieveMetadata, type MetadataBody } from '../../org/read/index.js';
import type { Deployment, Members } from './package.js';

/** All of it, or not. A deploy is all or nothing, so there is nothing between. */
export async function isDeployed(conn: Connection, deployment: Deployment): Promise<boolean> {
  return (await filesAreThere(conn, deployment)) && (await deletedAreGone(conn, deployment));
}

async function filesAreThere(conn: Connection, { files, members }: Deployment): Promise<boolean> {
  if (files.length === 0) return true;
  const current = new Map((await retrieveMetadata(conn, members)).map(({ path, body }) => [path, body]));
  return files.every(({ path, body }) => contains(current.get(path), body));
}

async function deletedAreGone(conn: Connection, { deleteBefore, deleteAfter }: Deployment): Promise<boolean> {
  for (const deleted of [deleteBefore, deleteAfter]) {
    if (deleted && !(await areGone(conn, deleted))) return false;
  }
  return true;
}

async function areGone(conn: Connection, deleted: Members): Promise<boolean> {
  const present = await listMetadata(conn, Object.keys(deleted));
  return Object.entries(deleted).every(([type, names]) => names.every((name) => !present[type]?.includes(name)));
}

/**
 * Whether what the org holds includes what was deployed. The org may add defaults and other children of the same file:
 * children with a fullName are compared by it, lists without names must be of the same length.
 */
export function contains(current: MetadataBody[string], wanted: MetadataBody[string]): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted) || Array.isArray(current)) return containsList(listed(current), listed(wanted));
  if (typeof wanted === 'string' || typeof current === 'string' || current === undefined) {
    // An element without content is text or no children, as the parser sees fit.
    return (current ?? '') === wanted || (isEmpty(current) && isEmpty(wanted));
  }
  return Object.entries(wanted).every(([element, value]) => contains(current[element], value));
}

function containsList(current: Listed, wanted: Listed): boolean {
  const isNamed = wanted.some((item) => nameOf(item) !== undefined);
  if (!isNamed && current.length !== wanted.length) return false;
  return wanted.every((item) => current.some((other) => nameOf(other) === nameOf(item) && contains(other, item)));
}

type Listed = Array<MetadataBody | string>;

const listed = (value: MetadataBody[string]): Listed =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const nameOf = (item: MetadataBody | string): string | undefined =>
  typeof item === 'string' || typeof item.fullName !== 'string' ? undefined : item.fullName;

const isEmpty = (value: MetadataBody[string]): boolean =>
  value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
