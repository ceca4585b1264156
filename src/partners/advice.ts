/** What to do about a row that the org refused, by Salesforce error code (platform-facts C5). */

const ADVICE: Readonly<Record<string, string>> = {
  DUPLICATE_USERNAME:
    'The username is taken, here or in another org. Give another one in the column Username, or run with --username-pattern.',
  DUPLICATE_COMM_NICKNAME: 'The nickname was taken meanwhile. Run the command again; it finds a free one.',
  LICENSE_LIMIT_EXCEEDED: 'No licence is left. Deactivate users who do not log in, or get more licences.',
  PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT: 'The contact has a user already. See it with "sf channel partner check".',
  INVALID_CROSS_REFERENCE_KEY: 'A record it points to is gone, or you may not see it.',
  FIELD_INTEGRITY_EXCEPTION:
    'A standard external profile cannot be given to users in this org. Use a copy of it, or Setup > Digital Experiences > Settings > Allow using standard external profiles.',
  UNKNOWN_EXCEPTION:
    'Where the owner of the account has no role, give one, or hand the account to a channel manager who has a role.',
  MIXED_DML_OPERATION:
    'A trigger or flow of the org changes other records in the same transaction. Let it run asynchronously.',
  USER_OWNS_PORTAL_ACCOUNT_EXCEPTION: 'The user owns partner accounts. Run "sf channel partner handover" first.',
  DUPLICATES_DETECTED: 'A duplicate rule of the org found a record like it. Use that one, by its id.',
  REQUIRED_FIELD_MISSING: 'The org requires a field. Add it as a column with its API name.',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'A validation rule of the org refused it.',
  INVALID_EMAIL_ADDRESS: 'Correct the e-mail address or the username.',
  UNABLE_TO_LOCK_ROW: 'Somebody else worked on the same records. Resume the run.',
  NOT_MADE: 'Mend what it depends on, then run the command with this row again.',
  INSUFFICIENT_ACCESS_OR_READONLY: 'You may not change this record.',
  TRANSFER_REQUIRES_READ: 'The new owner may not read such records. Give the permission, or name another owner.',
};

/** A refusal in words: code, message, and what to do. HTML in messages of the platform is taken out. */
export function reasonOf(code = 'UNKNOWN', message = ''): string {
  const text = message
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [`${code}${text === '' ? '' : `: ${text}`}`.replace(/\.?$/, '.'), ADVICE[code]].filter(Boolean).join(' ');
}
