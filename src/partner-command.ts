import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { asFailed, ChannelCommand, tellOrgError, type OclifError } from './channel-command.js';
import { tellPartnerError } from './partners/index.js';
import { EXIT } from './report/exit-codes.js';
import type { Receipt, RunFolder } from './runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const partnerMessages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.shared');

/** Flags that say which partners. */
export const partnerFlags = {
  account: Flags.string({
    char: 'a',
    summary: partnerMessages.getMessage('flags.account.summary'),
    multiple: true,
  }),
  manager: Flags.string({
    char: 'm',
    summary: partnerMessages.getMessage('flags.manager.summary'),
    multiple: true,
  }),
  csv: Flags.string({ summary: partnerMessages.getMessage('flags.csv.summary') }),
};

/** What the commands about partners share: bad input in words, and 1 as its exit code. */
export abstract class PartnerCommand<T> extends ChannelCommand<T> {
  /** Wrong flags end with 1, not with the 2 that oclif has for them: CI must not take them for ineligible users. */
  protected override async catch(error: OclifError): Promise<never> {
    return super.catch(asFailed(error));
  }

  /** Records that were left alone are partners that are not as planned. */
  protected override async apply(folder: RunFolder, conn: Connection, wait: number): Promise<Receipt> {
    const receipt = await super.apply(folder, conn, wait);
    const isLeft = receipt.steps.some(({ changed }) => changed > 0);
    if (isLeft && process.exitCode === EXIT.done) process.exitCode = EXIT.partly;
    return receipt;
  }

  /** The error to show, whatever went wrong while the org was read. */
  protected tell(error: unknown, username: string): Error {
    const create = (key: string, tokens: string[]): Error => partnerMessages.createError(key, tokens);
    return tellPartnerError(error, create) ?? tellOrgError(error, username);
  }
}
