/** Who Apex runs as, and what the modes of its code let it do. */
import type { PracticeOrg, Session } from '../../contracts.js';
import { ApexFailure } from '../runtime/failures.js';
import type { Sharing } from '../runtime/objects.js';

export type Person = Session['user'] & { timeZone: string };

const FIELDS = '"Id", "Username", "ProfileId", "UserType", "TimeZoneSidKey"';

/** A user by id, also an inactive one. @throws ApexFailure System.NoAccessException where there is none */
export function personOf({ store }: PracticeOrg, userId: string): Person {
  const row = store.sql(`SELECT ${FIELDS} FROM "User" WHERE "Id" = ?`).get(userId);
  if (!row) throw new ApexFailure('System.NoAccessException', `No such user: ${userId}`);
  return {
    Id: String(row.Id),
    Username: String(row.Username),
    ProfileId: String(row.ProfileId),
    UserType: String(row.UserType),
    timeZone: String(row.TimeZoneSidKey ?? 'UTC'),
  };
}

/** A session in which a user does what he may do himself. */
export function userSession({ tools }: PracticeOrg, { timeZone: _, ...user }: Person): Session {
  const { permissions } = tools;
  return {
    id: '',
    user,
    has: (permission) => permissions.has(user.Id, permission),
    can: (action, object) => permissions.can(user.Id, action, object),
    view: (object) => permissions.view(user.Id, object),
  };
}

/**
 * A session of code in system mode: permissions on objects and fields do not count, sharing only where the class says so (Apex
 * Developer Guide, Using the with sharing, without sharing, and inherited sharing Keywords).
 */
export function systemSession(session: Session, sharing: Sharing): Session {
  const seesAll = sharing !== 'with';
  return {
    ...session,
    view: (object) => object,
    can: (action, object) =>
      action === 'viewAll' || action === 'modifyAll' ? seesAll || session.can(action, object) : true,
  };
}
