/** The checks before the switch, pure: what was found, what it means, whether it stops. */
import { z } from 'zod';
import type { PrmSnapshot } from './snapshot.js';

/**
 * `ok`: nothing to do. `look`: goes on, but somebody should look. `unknown`: could not be read, goes on.
 * `stop`: the plan is not applied.
 */
export const VERDICTS = ['ok', 'look', 'unknown', 'stop'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const checkSchema = z.object({
  check: z.enum([
    'org',
    'digital-experiences',
    'prm',
    'licences',
    'partner-roles',
    'external-defaults',
    'conversion',
    'exposures',
    'deploy',
    'rehearsal',
  ]),
  verdict: z.enum(VERDICTS),
  /** Names the sentence in the messages. */
  finding: z.string(),
  values: z.array(z.union([z.string(), z.number()])),
});

export type Check = z.infer<typeof checkSchema>;

/** Orgs created before this day may have rules that mean more than they say (platform-facts B1). */
const NEW_MODEL = '2024-02-08';

export type PreflightInput = {
  snapshot: PrmSnapshot;
  /** Partner roles per account, as somebody read them in Setup; no API tells them (platform-facts A1). */
  partnerRoles?: number;
  /** Whether the plan turns Digital Experiences on too. */
  turnsNetworksOn: boolean;
  rehearsal: Check;
};

/** All checks in the order in which people should read them. */
export function preflight({ snapshot, partnerRoles, turnsNetworksOn, rehearsal }: PreflightInput): Check[] {
  return [
    orgCheck(snapshot),
    networksCheck(snapshot, turnsNetworksOn),
    check('prm', 'ok', snapshot.enabled ? 'already' : 'off'),
    licenceCheck(snapshot),
    partnerRoles === undefined
      ? check('partner-roles', 'unknown', 'ask')
      : check('partner-roles', 'ok', 'given', partnerRoles),
    defaultsCheck(snapshot),
    conversionCheck(snapshot),
    exposureCheck(snapshot),
    ...(snapshot.enabled ? [] : [deployCheck(snapshot), rehearsal]),
  ];
}

/** Whether a check stops the switch. */
export const isStopped = (checks: readonly Check[]): boolean => checks.some(({ verdict }) => verdict === 'stop');

export const check = (name: Check['check'], verdict: Verdict, finding: string, ...values: Check['values']): Check => ({
  check: name,
  verdict,
  finding: `${name}.${finding}`,
  values,
});

const orgCheck = ({ org }: PrmSnapshot): Check =>
  check(
    'org',
    org.kind === 'production' ? 'look' : 'ok',
    org.kind === 'production' ? 'production' : 'trying',
    org.kind
  );

function networksCheck({ digitalExperiences }: PrmSnapshot, turnsOn: boolean): Check {
  if (digitalExperiences) return check('digital-experiences', 'ok', 'on');
  return turnsOn ? check('digital-experiences', 'look', 'turned-on') : check('digital-experiences', 'stop', 'off');
}

function licenceCheck({ licences }: PrmSnapshot): Check {
  if (!licences.known) return check('licences', 'unknown', 'unknown', licences.reason);
  const { used, total } = licences.value;
  return total === 0 ? check('licences', 'look', 'none') : check('licences', 'ok', 'seats', total - used, total);
}

function defaultsCheck({ openDefaults }: PrmSnapshot): Check {
  if (!openDefaults.known) return check('external-defaults', 'unknown', 'unknown', openDefaults.reason);
  const open = openDefaults.value;
  if (open.length === 0) return check('external-defaults', 'ok', 'private');
  return check('external-defaults', 'look', 'open', open.length, open.slice(0, 5).join(', '));
}

function conversionCheck({ org }: PrmSnapshot): Check {
  const day = org.createdDate.slice(0, 10);
  return day < NEW_MODEL ? check('conversion', 'look', 'matters', day) : check('conversion', 'ok', 'internal', day);
}

function exposureCheck({ exposures, org }: PrmSnapshot): Check {
  if (!exposures.known) return check('exposures', 'unknown', 'unknown', exposures.reason);
  const { open, undecided } = exposures.value;
  if (open === 0) return check('exposures', 'ok', 'none');
  return undecided === 0
    ? check('exposures', 'ok', 'decided', open)
    : check('exposures', 'look', 'open', open, undecided, org.username);
}

function deployCheck({ validation }: PrmSnapshot): Check {
  if (!validation) return check('deploy', 'ok', 'nothing');
  if (!validation.known) return check('deploy', 'unknown', 'unknown', validation.reason);
  const { accepted, problem = '' } = validation.value;
  return accepted ? check('deploy', 'ok', 'accepted') : check('deploy', 'stop', 'refused', problem);
}
