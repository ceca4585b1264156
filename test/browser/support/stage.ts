/** A practice org with the package, and people who look at its pages in a real browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { AxeResults } from 'axe-core';
import jsforce from 'jsforce';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';
import { request } from '../../practice/http/fixture.js';
import { deploy, elements, file, problems } from '../../practice/metadata/support.js';
import { launchBrowser } from './chrome.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long anything on a page may take, in milliseconds. */
const PATIENCE = 15_000;

export class Stage {
  private readonly contexts: BrowserContext[] = [];
  /** What pages have logged as errors or thrown, since it was looked at last. */
  private troubles: string[] = [];

  private constructor(
    public readonly test: TestOrg,
    private readonly browser: Browser
  ) {}

  public static async open(leads = 300): Promise<Stage> {
    const test = await startTestOrg({ leads });
    const stage = new Stage(test, await launchBrowser());
    await test.control.openWorkbench();
    return stage;
  }

  /**
   * A page of its own for a user.
   * @param user username, or a kind: `manager`, `admin`, `partner`
   * @param hash place in the app, such as `#/n/Channel_Rotations`
   */
  public async visit(user: string, hash = '', width = 1200): Promise<Page> {
    const { url } = await this.test.control.openWorkbench();
    const context = await this.browser.newContext({ viewport: { width, height: 900 } });
    this.contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('console', (message) => {
      // A refused request is told by the component that made it.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        this.troubles.push(message.text());
    });
    await logInAs(context, url, user);
    await page.goto(`${this.test.server.url}/workbench/${hash}`);
    await page.waitForSelector('shell-app');
    return page;
  }

  /** Something an administrator does by REST. @throws AssertionError where it is refused */
  public async admin(method: string, path: string, body?: object): Promise<unknown> {
    const { server, token } = this.test;
    const answer = await request(server.url, token, method, `/services/data/v66.0${path}`, body);
    expect(answer.status, JSON.stringify(answer.body)).to.be.within(200, 204);
    return answer.body;
  }

  /**
   * A channel manager with a role, with partners and leads of her own, on the profile that opens nothing: what she may do she may by the
   * permission set Channel Manager alone.
   * @returns her username
   */
  public async manager(): Promise<string> {
    const username = 'nora.fieldgate@practice.example.com';
    const manager = this.idOf(`User WHERE Username = '${username}'`);
    const ProfileId = this.idOf("Profile WHERE Name = 'Minimum Access - Salesforce'");
    await this.admin('PATCH', `/sobjects/User/${manager}`, { ProfileId });
    const others = `AssigneeId = '${manager}' AND PermissionSet.Name = 'Example_Channel_Tools'`;
    await this.admin(
      'DELETE',
      `/sobjects/PermissionSetAssignment/${this.idOf(`PermissionSetAssignment WHERE ${others}`)}`
    );
    return username;
  }

  /** Takes the set for managers from a user, who gets that of partners in its place so that the menu still has him. */
  public async strange(username: string): Promise<void> {
    const AssigneeId = this.idOf(`User WHERE Username = '${username}'`);
    const PermissionSetId = this.idOf("PermissionSet WHERE Name = 'Partner_Leads'");
    await this.admin('POST', '/sobjects/PermissionSetAssignment', { AssigneeId, PermissionSetId });
    const where = `AssigneeId = '${AssigneeId}' AND PermissionSet.Name = 'Channel_Manager'`;
    await this.admin(
      'DELETE',
      `/sobjects/PermissionSetAssignment/${this.idOf(`PermissionSetAssignment WHERE ${where}`)}`
    );
  }

  /** A record that an administrator makes. @returns its id */
  public async create(type: string, record: object): Promise<string> {
    return ((await this.admin('POST', `/sobjects/${type}`, record)) as { id: string }).id;
  }

  /** The first record. @param where object and condition, such as `User WHERE Alias = 'x'` */
  public idOf(where: string): string {
    return this.test.query<{ Id: string }>(`SELECT Id FROM ${where} LIMIT 1`)[0]!.Id;
  }

  /** Takes a field from those that a permission set shows. @param field such as `Lead.Phone` */
  public async hide(set: string, field: string): Promise<void> {
    const shown = this.idOf(`FieldPermissions WHERE Parent.Name = '${set}' AND Field = '${field}'`);
    await this.admin('DELETE', `/sobjects/FieldPermissions/${shown}`);
  }

  /** What people see of all leads that nobody has shared with them. @param model such as `Read` */
  public async leadsAre(model: string): Promise<void> {
    const { server, token } = this.test;
    const conn = new jsforce.Connection({ instanceUrl: server.url, accessToken: token, version: '66.0' });
    const inner = elements({ externalSharingModel: 'Private', sharingModel: model });
    const files = { 'objects/Lead.object': file('CustomObject', inner) };
    expect(problems(await deploy(conn, { CustomObject: ['Lead'] }, files))).to.deep.equal([]);
  }

  /** No page has logged an error or thrown one. */
  public expectNoTrouble(): void {
    const { troubles } = this;
    this.troubles = [];
    expect(troubles).to.deep.equal([]);
  }

  public async close(): Promise<void> {
    await this.browser.close();
    await this.test.close();
  }
}

type Person = { id: string; username: string; kind: string };

/** Opens the address, and chooses a user as the menu of the page does it. */
const logInAs = async ({ request }: BrowserContext, url: string, user: string): Promise<void> => {
  await request.get(url);
  const session = new URL('/workbench/session', url).href;
  const answer = await request.post(session, { data: { userId: null } });
  const { users } = (await answer.json()) as { users: Person[] };
  const found = users.find(({ username, kind }) => username === user || kind === user);
  if (!found) throw new Error(`Nobody is ${user}`);
  await request.post(session, { data: { userId: found.id } });
};

/** Looks for what keeps people from using a page. Nothing may be found. */
export const expectAccessible = async (page: Page): Promise<void> => {
  // By the debugger: the page itself takes no scripts of others.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(found).to.deep.equal([]);
};

/**
 * What one would have to scroll sideways on a telephone: the page, or what a dialog holds. Pictures of the sharing review scroll in a
 * frame of their own. As text, for the page.
 */
const WIDE = `(() => {
  const frames = (root) => [...root.querySelectorAll('*')].flatMap((one) => [
    ...(one.matches('.slds-modal__content') ? [one] : []),
    ...(one.shadowRoot ? frames(one.shadowRoot) : []),
  ]);
  return [document.documentElement, ...frames(document)]
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.tagName + '.' + one.className + ': ' + one.scrollWidth + ' in ' + one.clientWidth);
})()`;

/** A page that is as wide as a telephone keeps everything in sight, and stays accessible. The width is put back. */
export const expectNarrow = async (page: Page): Promise<void> => {
  await page.setViewportSize({ width: 320, height: 800 });
  await expectAccessible(page);
  expect(await page.evaluate(WIDE), 'wider than the screen').to.deep.equal([]);
  await page.setViewportSize({ width: 1200, height: 900 });
};

/** Toasts with a text. */
export const toast = (page: Page, text: string): Locator => page.locator('lightning-toast').filter({ hasText: text });

/** Waits until what a locator finds has the focus. */
export const focused = (target: Locator): Promise<void> => target.and(target.page().locator(':focus')).waitFor();
