/** A practice org with the package, and people who look at its pages in a real browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';
import { request } from '../../practice/http/fixture.js';
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
    const [manager] = this.test.query<{ Id: string; Username: string }>(
      "SELECT Id, Username FROM User WHERE Username = 'nora.fieldgate@practice.example.com'"
    );
    const [profile] = this.test.query<{ Id: string }>(
      "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'"
    );
    await this.admin('PATCH', `/sobjects/User/${manager!.Id}`, { ProfileId: profile!.Id });
    return manager!.Username;
  }

  /** Takes a permission set from a user. */
  public async withoutSet(username: string, set: string): Promise<void> {
    const [given] = this.test.query<{ Id: string }>(
      `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${username}' AND PermissionSet.Name = '${set}'`
    );
    await this.admin('DELETE', `/sobjects/PermissionSetAssignment/${given!.Id}`);
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

/** A page that is as wide as a telephone keeps everything in sight, and stays accessible. The width is put back. */
export const expectNarrow = async (page: Page): Promise<void> => {
  await page.setViewportSize({ width: 320, height: 800 });
  await expectAccessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(320);
  await page.setViewportSize({ width: 1200, height: 900 });
};

/** Toasts with a text. */
export const toast = (page: Page, text: string): Locator => page.locator('lightning-toast').filter({ hasText: text });

/** Waits until what a locator finds has the focus. */
export const focused = (target: Locator): Promise<void> => target.and(target.page().locator(':focus')).waitFor();
