/** Flags and messages that commands share. */
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const shared = Messages.loadMessages('sf-plugin-channel', 'channel.shared');

/** Node timers take no longer times; in words: no time-out. */
export const NO_TIMEOUT = 2_147_483_647;

/** Flags of every command whose plan can be looked at, saved, and applied later. */
export const planFlags = {
  'dry-run': Flags.boolean({ summary: shared.getMessage('flags.dry-run.summary') }),
  'plan-file': Flags.string({ summary: shared.getMessage('flags.plan-file.summary'), exclusive: ['plan'] }),
  plan: Flags.string({ summary: shared.getMessage('flags.plan.summary') }),
};

/** Flags of every command that applies a plan. */
export const applyFlags = {
  'no-prompt': Flags.boolean({ summary: shared.getMessage('flags.no-prompt.summary') }),
  'confirm-domain': Flags.string({
    summary: shared.getMessage('flags.confirm-domain.summary'),
    description: shared.getMessage('flags.confirm-domain.description'),
  }),
  wait: Flags.integer({ char: 'w', min: 1, default: 60, summary: shared.getMessage('flags.wait.summary') }),
};

/** Flags of commands that may send mails. */
export type MailFlags = { 'no-prompt': boolean; 'accept-mails'?: boolean };

export type ApplyFlags = { 'no-prompt': boolean; 'confirm-domain'?: string; wait: number };
