/** Why accounts cannot be disabled at all; the key names the message. */
export class DisableError extends Error {
  public constructor(public readonly key: 'access' | 'noAccounts') {
    super(key);
    this.name = 'DisableError';
  }
}
