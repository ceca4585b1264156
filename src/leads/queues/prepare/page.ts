/**
 * The page for leads in the menu of a site. Menus are sets of items that are drafts until the site is published (Object
 * Reference: NavigationLinkSet, NavigationMenuItem; sites of Experience Builder templates alone have them).
 */
import type { Connection } from '@salesforce/core';
import { compare, isIn, queryAll, select } from '../../../org/read/index.js';
import { createRecordsStep, type RecordsStep, type RunFolder } from '../../../runs/index.js';

export type SitePage =
  /** The menu has an item for leads. */
  | { state: 'there'; site: string; status: string }
  /** An item is to be added to this menu. */
  | { state: 'missing'; site: string; menu: string; menuId: string; position: number }
  /** Nobody can tell, or nothing can be done by an API: what to click instead. */
  | { state: 'by-hand'; site: string; reason: string };

type SiteRow = { Id: string; Name: string; Status: string };
type MenuRow = { Id: string; DeveloperName: string; MasterLabel: string | null };
type ItemRow = {
  NavigationLinkSetId: string;
  Type: string;
  Target: string | null;
  Position: number;
  Status: string | null;
};

/** Where a site's pages are edited by hand. */
const BY_HAND =
  'open its Builder, select the navigation menu, add an item of the type Salesforce Object for Lead, and publish';

/** Site that is named, or the only one that is Live; undefined where there is none, or it is not clear which. */
async function siteFor(conn: Connection, name: string | undefined): Promise<{ site?: SiteRow; reason?: string }> {
  const soql = select({ from: 'Network', fields: ['Id', 'Name', 'Status'], orderBy: ['Name'] });
  const sites = await queryAll<SiteRow>(conn, soql);
  if (name !== undefined) {
    const site = sites.find((one) => one.Name.toLowerCase() === name.toLowerCase());
    return site ? { site } : { reason: `there is no site "${name}"` };
  }
  const live = sites.filter(({ Status }) => Status === 'Live');
  if (live.length === 1) return { site: live[0]! };
  const names = live.map((site) => site.Name).join(', ');
  return { reason: live.length === 0 ? 'no site is Live' : `several sites are Live (${names}): name one with --site` };
}

/** Looks at the menu of a site. */
export async function findPage(conn: Connection, name: string | undefined): Promise<SitePage> {
  const { site, reason } = await siteFor(conn, name).catch(orNothing);
  if (!site)
    return { state: 'by-hand', site: name ?? 'the site', reason: `${reason ?? 'sites cannot be read'}; ${BY_HAND}` };
  const menus = await rowsOrNone<MenuRow>(
    conn,
    select({
      from: 'NavigationLinkSet',
      fields: ['Id', 'DeveloperName', 'MasterLabel'],
      where: compare('NetworkId', '=', site.Id),
      orderBy: ['Id'],
    })
  );
  if (menus.length === 0)
    return { state: 'by-hand', site: site.Name, reason: `its menu cannot be read here; ${BY_HAND}` };
  return pageIn(conn, site, menus);
}

async function pageIn(conn: Connection, site: SiteRow, menus: readonly MenuRow[]): Promise<SitePage> {
  const items = await rowsOrNone<ItemRow>(
    conn,
    select({
      from: 'NavigationMenuItem',
      fields: ['NavigationLinkSetId', 'Type', 'Target', 'Position', 'Status'],
      where: isIn(
        'NavigationLinkSetId',
        menus.map(({ Id }) => Id)
      ),
    })
  );
  const leads = items.find(({ Type, Target }) => Type === 'SalesforceObject' && Target === 'Lead');
  if (leads) return { state: 'there', site: site.Name, status: leads.Status ?? 'unknown' };
  const menu = menus.find(({ DeveloperName }) => /default/i.test(DeveloperName)) ?? menus[0]!;
  const positions = items
    .filter(({ NavigationLinkSetId }) => NavigationLinkSetId === menu.Id)
    .map(({ Position }) => Position);
  const position = Math.max(0, ...positions) + 1;
  return { state: 'missing', site: site.Name, menu: menu.MasterLabel ?? menu.DeveloperName, menuId: menu.Id, position };
}

/** An org without such objects, or without sight of them, is no mistake here. */
function orNothing(error: unknown): { site?: SiteRow; reason?: string } {
  if (/INVALID_TYPE|INVALID_FIELD|INSUFFICIENT_ACCESS/.test((error as { errorCode?: string }).errorCode ?? ''))
    return {};
  throw error;
}

async function rowsOrNone<T extends object>(conn: Connection, soql: string): Promise<T[]> {
  try {
    return await queryAll<T>(conn, soql);
  } catch (error) {
    orNothing(error);
    return [];
  }
}

const FIELDS = ['NavigationLinkSetId', 'Label', 'Type', 'Target', 'AccessRestriction', 'Position', 'Status'];

/** The step that adds the item as a draft: partners see it when the site is published. */
export async function pageStep(folder: RunFolder, page: SitePage): Promise<RecordsStep[]> {
  if (page.state !== 'missing') return [];
  const values = [page.menuId, 'Leads', 'SalesforceObject', 'Lead', 'LoginRequired', String(page.position), 'Draft'];
  const step = await createRecordsStep(
    folder,
    {
      id: 'page',
      title: `Add leads to the menu ${page.menu} of ${page.site}`,
      object: 'NavigationMenuItem',
      operation: 'insert',
      fields: FIELDS.map((name) => ({ name, type: 'text' as const })),
      key: ['NavigationLinkSetId', 'Target'],
      keyIsUnique: false,
      takeBack: 'delete',
      undo: 'best-effort',
    },
    [{ id: '', values, was: [], stamp: '', label: 'Leads' }]
  );
  return [step];
}
