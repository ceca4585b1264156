/** Who has opened the workbench: one-time tickets become cookies, and cookies stand for the user who is looked through. */
import { randomBytes } from 'node:crypto';

/** Name of the cookie; scripts of the page never see it. */
const COOKIE = 'channel_workbench';

/** How long a ticket waits to be used, in milliseconds. */
const PATIENCE = 120_000;

const secret = (): string => randomBytes(32).toString('base64url');

export type Visitor = {
  /** User chosen last, by id; undefined at first. */
  userId?: string;
};

export class WorkbenchDesk {
  private readonly tickets = new Map<string, number>();
  private readonly visitors = new Map<string, Visitor>();

  /** A ticket for one visit; it goes into an address. */
  public ticket(): string {
    const ticket = secret();
    this.tickets.set(ticket, Date.now() + PATIENCE);
    return ticket;
  }

  /** Takes a ticket. @returns the header that sets the cookie, or undefined for a ticket that is unknown, used or too old */
  public admit(ticket: string): string | undefined {
    const until = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    if (until === undefined || until < Date.now()) return undefined;
    const name = secret();
    this.visitors.set(name, {});
    return `${COOKIE}=${name}; HttpOnly; SameSite=Strict; Path=/workbench`;
  }

  /** Whom the cookies of a request stand for. */
  public visitor(cookies: string | undefined): Visitor | undefined {
    const found = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(cookies ?? '');
    return found?.[1] === undefined ? undefined : this.visitors.get(found[1]);
  }
}
