/** Numbers of a finding in words, the same on every screen and in every report. */
import type { Finding } from './finding.js';

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** `12 users from outside, 34 records`. */
export function sizeOf(finding: Finding): string {
  const { records, recordsKnown } = finding;
  const what = finding.kind === 'folder' ? ['item', 'items'] : ['record', 'records'];
  const counted = recordsKnown ? `, ${many(records, what[0]!, what[1]!)}` : '';
  return `${usersOf(finding)}${counted}`;
}

/** `12 users from outside`, `partners to be (2 roles)`, `not known`. */
export function usersOf({ usersKnown, externalUsers, projectedRoles, latent, unknown }: Finding): string {
  if (!usersKnown && externalUsers === 0) return `not known whom (${unknown})`;
  if (latent) return `partners to be (${many(projectedRoles, 'role', 'roles')})`;
  return `${many(externalUsers, 'user', 'users')} from outside`;
}
