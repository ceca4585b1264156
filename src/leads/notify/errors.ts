/** Why the owners cannot be mailed; the key names the message, the details fill it. */
export class NotifyError extends Error {
  public constructor(
    public readonly key: 'unknownTemplate' | 'notToOwner' | 'unreadable' | 'limit' | 'notProven' | 'noApex',
    public readonly details: readonly string[] = []
  ) {
    super(`${key}: ${details.join(' ')}`);
    this.name = 'NotifyError';
  }
}
