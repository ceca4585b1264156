/** Menus of sites (Object Reference: NavigationLinkSet, NavigationMenuItem). Items wait as drafts for the next publishing. */
import { textFrom, updateRecord, type Author } from './records.js';
import type { ObjectRules } from './types.js';
import { textOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';

/** Kinds of items that lead nowhere by themselves. */
const WITHOUT_TARGET = new Set(['MenuLabel', 'NavigationalTopic']);

/** What an item of a kind may lead to. */
const isTarget = (saving: Saving, type: string, target: string): boolean => {
  switch (type) {
    case 'SalesforceObject':
      return saving.tools.catalog.object(target) !== undefined;
    case 'ExternalLink':
      return URL.canParse(target) && /^https?:/.test(target);
    case 'InternalLink':
      return target.startsWith('/');
    default:
      return true;
  }
};

const checkTarget = (draft: Draft, saving: Saving): void => {
  const type = textOf(draft, 'Type') ?? '';
  const target = textOf(draft, 'Target');
  if (target === undefined) {
    if (!WITHOUT_TARGET.has(type)) throw fail.missing(['Target']);
    return;
  }
  // The platform's words are not known. [M]
  if (!isTarget(saving, type, target)) throw fail.integrity(`Target: ${target} is not valid for ${type}`, 'Target');
};

export const navigationMenuItemRules: ObjectRules = {
  object: 'NavigationMenuItem',
  beforeCreate: checkTarget,
  beforeUpdate: checkTarget,
};

/** Publishing a site makes the drafts of its menus Live. */
export const publishMenus = (author: Author, networkId: string): void => {
  const drafts = author.tools.store
    .sql(
      `SELECT i."Id" AS id FROM "NavigationMenuItem" i JOIN "NavigationLinkSet" s ON s."Id" = i."NavigationLinkSetId"
       WHERE s."NetworkId" = ? AND i."Status" = 'Draft' AND i."IsDeleted" = 0`
    )
    .all(networkId);
  for (const { id } of drafts) updateRecord(author, 'NavigationMenuItem', String(id), { Status: 'Live' });
};

/** An API name that no menu has yet. */
export const menuName = (author: Author): string => {
  const sql = 'SELECT "Id" FROM "NavigationLinkSet" WHERE "DeveloperName" = ?';
  for (let number = 0; ; number++) {
    const name = `Default_Navigation${number === 0 ? '' : number}`;
    if (textFrom(author.tools, sql, name) === undefined) return name;
  }
};
