/** Bad input as keys of messages; what they say is with the commands. */
import { SiteNameError } from './check.js';
import { ConditionError } from '../org/read/index.js';
import { PartnerCsvError } from './csv/index.js';
import { ExternalIdError } from './external-id.js';
import { PartnerNameError, type ScopeKind } from './scope.js';

type Create = (key: string, tokens: string[]) => Error;

const NAMES: Readonly<Record<PartnerNameError['key'], Record<ScopeKind, string>>> = {
  unknown: { account: 'error.unknownAccount', manager: 'error.unknownManager', user: 'error.unknownUser' },
  ambiguous: { account: 'error.ambiguousAccount', manager: 'error.ambiguousManager', user: 'error.ambiguousUser' },
  wrongObject: { account: 'error.wrongAccountId', manager: 'error.wrongUserId', user: 'error.wrongUserId' },
};

/** The error to show, or undefined for one of another kind. */
export function tellPartnerError(error: unknown, create: Create): Error | undefined {
  if (error instanceof PartnerNameError) {
    const candidates = error.key === 'wrongObject' ? [] : [list(error.candidates)];
    return create(NAMES[error.key][error.kind], [error.text, ...candidates]);
  }
  if (error instanceof SiteNameError) return create('error.unknownSite', [error.site, list(error.known)]);
  const { errorCode = '', message = '' } = error as { errorCode?: string; message?: string };
  // The field is there with partner relationship management (platform-facts A1), and visible by field-level security.
  if (errorCode === 'INVALID_FIELD' && message.includes('IsPartner')) return create('error.noPartnerFields', []);
  return undefined;
}

const list = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

/** The error to show about a file or a selection of records, or undefined for one of another kind. */
export function tellSourceError(error: unknown, create: Create): Error | undefined {
  if (error instanceof PartnerCsvError) return create(`error.${error.key}`, [...error.tokens]);
  if (error instanceof ConditionError) return create('error.where', [error.problem]);
  if (error instanceof ExternalIdError) return create('error.externalId', [error.field]);
  return undefined;
}
