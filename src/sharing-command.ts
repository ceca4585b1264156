import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand, tellOrgError } from './channel-command.js';
import { tellSharingError } from './sharing/errors.js';
import type { DecidedRequest } from './sharing/decided.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const sharingMessages = Messages.loadMessages('sf-plugin-channel', 'channel.sharing.shared');

/** Flags that say which partners a review reckons with. */
export const reviewFlags = {
  managers: Flags.string({ summary: sharingMessages.getMessage('flags.managers.summary'), multiple: true }),
  'partner-roles': Flags.integer({
    summary: sharingMessages.getMessage('flags.partner-roles.summary'),
    min: 1,
    max: 3,
    default: 1,
  }),
  'partner-profile': Flags.string({
    summary: sharingMessages.getMessage('flags.partner-profile.summary'),
    multiple: true,
  }),
};

/** Flags of commands that go by a decisions file. */
export const decisionFlags = {
  ...reviewFlags,
  decisions: Flags.file({
    summary: sharingMessages.getMessage('flags.decisions.summary'),
    required: true,
    exists: true,
  }),
  'from-org': Flags.string({ summary: sharingMessages.getMessage('flags.from-org.summary') }),
};

export type DecisionFlags = {
  managers?: string[];
  'partner-roles': number;
  'partner-profile'?: string[];
  decisions: string;
  'from-org'?: string;
};

/** What a command with decision flags asks for. */
export const decidedRequest = (flags: DecisionFlags, counts: boolean): DecidedRequest => ({
  managers: flags.managers,
  partnerRoles: flags['partner-roles'],
  partnerProfiles: flags['partner-profile'],
  counts,
  decisions: flags.decisions,
  fromOrg: flags['from-org'],
});

/** What the sharing commands share: bad input in words. */
export abstract class SharingCommand<T> extends ChannelCommand<T> {
  /** The error to show, whatever went wrong while the org was read. */
  protected tell(error: unknown, username: string): Error {
    const create = (key: string, tokens: string[], actions?: string[]): Error =>
      sharingMessages.createError(key, tokens, actions);
    return tellSharingError(error, username, create) ?? tellOrgError(error, username);
  }
}
