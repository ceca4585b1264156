/** Which accounts change hands, and what becomes of the leads of the one who hands over. Pure. */
import { HandoverError, type Problem } from './errors.js';
import type { Sides } from './people.js';
import { byId, type OwnedAccount } from '../owned-accounts.js';

export type Choice = {
  /** By id: row sets are sorted so. */
  going: OwnedAccount[];
  /** Named accounts that the new manager owns already. */
  already: OwnedAccount[];
  /** Partner accounts that stay with the one who hands over. */
  staying: number;
};

/**
 * All partner accounts of the one who hands over, or those named.
 * @param owned partner accounts that he owns
 * @param named undefined where none is named: then all go
 * @throws HandoverError where a named account is not his, or is no partner
 */
export function chooseAccounts(
  { from, to }: Sides,
  owned: readonly OwnedAccount[],
  named: readonly OwnedAccount[] | undefined
): Choice {
  if (!named) return { going: [...owned].sort(byId), already: [], staying: 0 };
  const problems = named.flatMap((account): Problem[] => {
    const { name, id, owner, ownerId } = account;
    if (ownerId !== from.id && ownerId !== to.id) return [{ key: 'notOwned', name: `${name} (${id})`, detail: owner }];
    return account.isPartner ? [] : [{ key: 'notPartner', name: `${name} (${id})`, detail: owner }];
  });
  if (problems.length > 0) throw new HandoverError('accounts', problems);
  const going = named.filter(({ ownerId }) => ownerId === from.id);
  const already = named.filter(({ ownerId }) => ownerId === to.id);
  return { going: going.sort(byId), already: already.sort(byId), staying: owned.length - going.length };
}

export type LeadMode = 'move' | 'keep';

/** Unless it is said, leads go along when all partner accounts do, and stay where some accounts stay or none goes. */
export const leadMode = (asked: LeadMode | undefined, { going, staying }: Choice): LeadMode =>
  asked ?? (going.length > 0 && staying === 0 ? 'move' : 'keep');
