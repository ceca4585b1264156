import { Messages, type SfError } from '@salesforce/core';
import { IdFileError, RequestError } from './leads/distribute/index.js';
import type { PartnerDoubt } from './leads/distribute/targets.js';
import { lastLine } from './org/read/index.js';

export { lastLine };

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
/** What can be wrong with a selection of leads is worded where it came up first. */
export const selectionMessages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.distribute');

/** Bad input of a command about leads in words, or undefined for another error. */
export function tellSelectionError(error: unknown): SfError | undefined {
  if (error instanceof IdFileError) return selectionMessages.createError(`error.${error.key}`, [...error.details]);
  if (!(error instanceof RequestError)) return undefined;
  const { details } = error;
  if (error.key === 'access') {
    const lacks = selectionMessages.getMessage(`access.${details[0]}`);
    return selectionMessages.createError('error.access', [lacks]);
  }
  const lines = error.problems.map(({ key, text, detail }) =>
    selectionMessages.getMessage(`target.${key}`, [text, detail])
  );
  if (error.key === 'targets') return selectionMessages.createError('error.targets', [lines.length, lines.join('\n')]);
  return selectionMessages.createError(`error.${error.key}`, [...details, ...lines]);
}

/** The org's refusal of a condition that was typed, or undefined for another error. */
export function tellWhere(error: unknown, where: string): SfError | undefined {
  const { errorCode = '', message } = error as { errorCode?: string; message: string };
  const isCondition = /MALFORMED_QUERY|INVALID_FIELD|INVALID_QUERY_FILTER_OPERATOR/.test(errorCode);
  return isCondition ? selectionMessages.createError('error.where', [lastLine(message), where]) : undefined;
}

/** What is not known of new owners, or is to be known of them. */
export function doubtsInWords(owners: { unchecked: readonly string[]; doubts: readonly PartnerDoubt[] }): string[] {
  return [
    ...owners.unchecked.map((name) => selectionMessages.getMessage('warning.unchecked', [name])),
    ...owners.doubts.map(({ name, verdict, reason }) =>
      selectionMessages.getMessage(verdict === 'unknown' ? 'warning.partnerUnknown' : 'warning.partner', [name, reason])
    ),
  ];
}
