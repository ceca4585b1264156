import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand, tellOrgError } from './channel-command.js';
import { tellSharingError } from './sharing/errors.js';
import type { DecidedRequest } from './sharing/decided.js';
import type { ReviewRequest } from './sharing/review.js';

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

export type ReviewFlags = { managers?: string[]; 'partner-roles': number; 'partner-profile'?: string[] };

/** What a review with these flags asks for. */
export const reviewRequest = (flags: ReviewFlags, counts: boolean): ReviewRequest => ({
  managers: flags.managers,
  partnerRoles: flags['partner-roles'],
  partnerProfiles: flags['partner-profile'],
  counts,
});

export type DecisionFlags = ReviewFlags & {
  decisions: string;
  'from-org'?: string;
};

/** What a command with decision flags asks for. */
export const decidedRequest = (flags: DecisionFlags, counts: boolean): DecidedRequest => ({
  ...reviewRequest(flags, counts),
  decisions: flags.decisions,
  fromOrg: flags['from-org'],
});

/** Bad input of a review in words, or undefined for an error of another kind. */
export const tellSharing = (error: unknown, username: string): Error | undefined =>
  tellSharingError(error, username, (key, tokens, actions) => sharingMessages.createError(key, tokens, actions));

/** What the sharing commands share: bad input in words. */
export abstract class SharingCommand<T> extends ChannelCommand<T> {
  /** The error to show, whatever went wrong while the org was read. */
  protected tell(error: unknown, username: string): Error {
    return tellSharing(error, username) ?? tellOrgError(error, username);
  }
}
