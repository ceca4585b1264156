/** Input that cannot be planned with. The key names the message of the command, the tokens stand in it. */
export class SiteInputError extends Error {
  public constructor(
    public readonly key:
      | 'hiddenSites'
      | 'mayNotChange'
      | 'noSites'
      | 'siteFile'
      | 'unknownSite'
      | 'unknownProfile'
      | 'unknownPermissionSet'
      | 'ambiguousPermissionSet',
    public readonly tokens: readonly string[] = []
  ) {
    super(`${key}: ${tokens.join(', ')}`);
    this.name = 'SiteInputError';
  }
}
