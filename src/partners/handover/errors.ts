/** Why a handover is refused before anything is planned; the keys name messages. */
export type Problem = {
  key: 'inactive' | 'notInternal' | 'noRole' | 'cannotReadAccount' | 'cannotReadLead' | 'notOwned' | 'notPartner';
  /** Whom or what it is about. */
  name: string;
  detail: string;
};

/**
 * `target`: the new manager cannot own partner accounts; `accounts`: some named ones cannot go; `access`: the running user
 * may not change owners.
 */
export class HandoverError extends Error {
  public constructor(
    public readonly key: 'samePerson' | 'target' | 'accounts' | 'access',
    public readonly problems: readonly Problem[],
    public readonly detail = ''
  ) {
    super(`${key} ${detail}: ${problems.map(({ key: why, name }) => `${why} ${name}`).join(', ')}`);
    this.name = 'HandoverError';
  }
}
