/** UserInfo, FeatureManagement and Test of Apex. */
import { byLowerName } from '../../library/args.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexUnsupported } from '../../runtime/failures.js';
import type { Value } from '../../runtime/values.js';
import { runJobsNow } from '../jobs.js';
import type { Answers, Transaction } from '../transaction.js';
import { asking } from './requests.js';

/** Columns of User behind the methods that answer with one. */
const COLUMNS: Readonly<Record<string, string>> = {
  getUserName: 'Username',
  getUserEmail: 'Email',
  getFirstName: 'FirstName',
  getLastName: 'LastName',
  getName: 'Name',
  getProfileId: 'ProfileId',
  getUserRoleId: 'UserRoleId',
  getUserType: 'UserType',
  getLocale: 'LocaleSidKey',
  getLanguage: 'LanguageLocaleKey',
};

export const USER_TYPES: readonly NativeType[] = [
  {
    name: 'UserInfo',
    statics: byLowerName({
      ...Object.fromEntries(
        Object.entries(COLUMNS).map(([method, column]) => [method, asking(0, 'user.column', () => column, 'String')])
      ),
      getUserId: asking(0, 'user.id', () => null, 'Id'),
      getOrganizationId: asking(0, 'user.organization', () => null, 'Id'),
    }),
  },
  {
    name: 'FeatureManagement',
    statics: byLowerName({ checkPermission: asking(1, 'user.permission', (call) => call.text(0), 'Boolean') }),
  },
  {
    name: 'Test',
    statics: byLowerName({
      startTest: asking(0, 'test.start', () => null),
      stopTest: asking(0, 'test.stop', () => null),
      isRunningTest: asking(0, 'test.running', () => null, 'Boolean'),
    }),
  },
];

const column = ({ org, person }: Transaction, name: string): Value => {
  const row = org.store.sql(`SELECT "${name}" AS value FROM "User" WHERE "Id" = ?`).get(person.Id);
  return row?.value === undefined || row.value === null ? null : String(row.value);
};

/** What was used when the test began. */
const BEFORE = 'limits before startTest';

const inTest = (transaction: Transaction): void => {
  if (!transaction.isTest) throw new ApexUnsupported('Test methods can be called in tests alone');
};

export const USER_ANSWERS: Answers = {
  'user.id': ({ person }) => person.Id,
  'user.organization': ({ org }) => org.id,
  'user.column': (transaction, payload) => column(transaction, String(payload)),
  'user.permission': ({ org, person }, payload) =>
    [...org.tools.permissions.customPermissions(person.Id)].some(
      (name) => name.toLowerCase() === String(payload).toLowerCase()
    ),
  'test.running': ({ isTest }) => isTest,
  'test.start': (transaction, _payload, ctx) => {
    inTest(transaction);
    // What comes now has limits of its own (Apex Developer Guide, Using Limits, startTest, and stopTest).
    ctx.shared.set(BEFORE, { ...ctx.counters.used });
    for (const name of ['soql', 'queryRows', 'dml', 'dmlRows', 'cpu', 'futures'] as const) ctx.counters.used[name] = 0;
    return null;
  },
  'test.stop': (transaction, _payload, ctx) => {
    inTest(transaction);
    runJobsNow(transaction);
    Object.assign(ctx.counters.used, ctx.shared.get(BEFORE));
    return null;
  },
};
