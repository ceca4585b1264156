/** The whole review: read, project, analyse, count what is worth counting, analyse with the numbers. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../org/read/index.js';
import { analyse, type Analysis } from './analyse/analyse.js';
import type { ProjectionRequest } from './analyse/projection.js';
import { readCounts } from './counts/read.js';
import { resolveManagers, type Managers } from './managers.js';
import type { SharingSnapshot } from './model.js';
import { readSnapshot } from './read/snapshot.js';

export type ReviewRequest = {
  /** Usernames, names or roles of channel managers; the owners of partner accounts without any. */
  managers?: readonly string[];
  /** Portal roles that an account gets, one to three. */
  partnerRoles: number;
  /** Profiles that partners will have, by name. */
  partnerProfiles?: readonly string[];
  counts: boolean;
};

export type Review = Analysis & { snapshot: SharingSnapshot; managers: Managers; request: ProjectionRequest };

/** A profile of partners that was named and is not there. */
export class ProfileError extends Error {
  public constructor(
    public readonly profile: string,
    public readonly known: readonly string[]
  ) {
    super(profile);
    this.name = 'ProfileError';
  }
}

/**
 * Reviews an org. Nothing is changed.
 * @param onStage told what is being done
 * @throws ManagerError, ProfileError
 */
export async function reviewSharing(
  conn: Connection,
  org: OrgIdentity,
  request: ReviewRequest,
  onStage?: (stage: string) => void
): Promise<Review> {
  const snapshot = await readSnapshot(conn, org, onStage);
  checkProfiles(snapshot, request.partnerProfiles);
  const managers = resolveManagers(snapshot, request.managers);
  const projection = {
    managerRoles: managers.roleIds,
    partnerRoles: request.partnerRoles,
    profiles: request.partnerProfiles,
  };
  const first = analyse(snapshot, projection);
  if (!request.counts) return whole(first, snapshot, managers, projection);
  onStage?.('numbers of records');
  const counted = await readCounts(conn, snapshot, first.findings);
  return whole(analyse(counted, projection), counted, managers, projection);
}

function whole(analysis: Analysis, snapshot: SharingSnapshot, managers: Managers, request: ProjectionRequest): Review {
  return { ...analysis, snapshot, managers, request };
}

function checkProfiles({ permissions }: SharingSnapshot, named: readonly string[] | undefined): void {
  const known = permissions
    .flatMap(({ profile }) => (profile?.userType === 'PowerPartner' ? [profile.name] : []))
    .sort();
  for (const name of named ?? []) if (!known.includes(name)) throw new ProfileError(name, known);
}
