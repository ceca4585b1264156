/** What the org says about mails: how many it still sends today, and where partners have their site. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';

type Limits = { DailyWorkflowEmails?: { Remaining: number } };

/** Mails of alerts that are left today (platform-facts H); null where the running user may not see limits. */
export async function mailsLeft(conn: Connection): Promise<number | null> {
  const limits = await optional(() => conn.request<Limits>(`${conn.baseUrl()}/limits`));
  return limits?.DailyWorkflowEmails?.Remaining ?? null;
}

type Sites = { communities?: Array<{ status: string; siteUrl: string | null }> };

/** Addresses of the sites that are Live; none where the running user may not see them. */
export async function liveSites(conn: Connection): Promise<string[]> {
  const sites = await optional(() => conn.request<Sites>(`${conn.baseUrl()}/connect/communities`));
  const live = sites?.communities?.filter(({ status }) => status === 'Live') ?? [];
  return live.flatMap(({ siteUrl }) => siteUrl?.replace(/\/$/, '') ?? []);
}

async function optional<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const { errorCode = '', name = '' } = error as { errorCode?: string; name?: string };
    if (/INSUFFICIENT_ACCESS|FUNCTIONALITY_NOT_ENABLED|NOT_FOUND|API_DISABLED/.test(`${errorCode} ${name}`))
      return undefined;
    throw error;
  }
}

/** What is to be known of mails of test orgs (platform-facts, fact 6), in a sentence. */
export const deliverability = ({ kind }: Pick<OrgIdentity, 'kind'>): string[] =>
  kind === 'sandbox' || kind === 'scratch'
    ? [
        'A new sandbox sends system mails only. Look at Deliverability in Setup: unless it says "All email", the org accepts these mails and delivers none.',
      ]
    : [];
