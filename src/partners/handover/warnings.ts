/** What is to be known before a handover is agreed to. Pure. */
import type { HandoverDetails } from './details.js';

/** @param readable whether it could be seen what the new manager may read */
export function warningsOf({ from, to, staying, accounts, effects }: HandoverDetails, readable: boolean): string[] {
  const warnings: string[] = [];
  if (!readable) warnings.push(`You may not see permissions, so it is not known whether ${to.name} can read accounts.`);
  if (accounts.length > 0 && !from.active)
    warnings.push(`${from.name} is not active. The run can only be taken back once that user is active again.`);
  if (accounts.length > 0 && staying > 0)
    warnings.push(
      `${staying} partner account(s) stay with ${from.name}, who cannot be deactivated as long as they do.`
    );
  return [...warnings, ...effects.unknown.map((reason) => `Not known: ${reason}`)];
}
