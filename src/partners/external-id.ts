/** A field that the org does not have, or does not let anybody look up by. */
export class ExternalIdError extends Error {
  public constructor(public readonly field: string) {
    super(field);
    this.name = 'ExternalIdError';
  }
}
