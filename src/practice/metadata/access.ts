/** Who may use the metadata API. */
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';

const WRITERS = ['ModifyMetadata', 'ModifyAllData'];

/** Reading settings needs View Setup (platform-facts B4); the platform's own list is longer. [M] */
const READERS = [...WRITERS, 'AuthorApex', 'CustomizeApplication', 'ViewSetup'];

const require = (session: Session, permissions: string[]): void => {
  if (permissions.some((permission) => session.has(permission))) return;
  throw new PlatformError(
    'INSUFFICIENT_ACCESS',
    'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    403
  );
};

/** @throws PlatformError INSUFFICIENT_ACCESS */
export const requireWriter = (session: Session): void => require(session, WRITERS);

/** @throws PlatformError INSUFFICIENT_ACCESS */
export const requireReader = (session: Session): void => require(session, READERS);
