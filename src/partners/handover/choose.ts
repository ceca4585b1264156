/** Which accounts change hands, and what becomes of the leads of the one who hands over. Pure. */
import { HandoverError, type Problem } from './errors.js';
import type { Sides } from './people.js';

/** An account of a handover. */
export type HandoverAccount = {
  id: string;
  name: string;
  isPartner: boolean;
  ownerId: string;
  owner: string;
  /** SystemModstamp, ending in `Z`. */
  stamp: string;
};

export type Choice = {
  /** By id: row sets are sorted so. */
  going: HandoverAccount[];
  /** Named accounts that the new manager owns already. */
  already: HandoverAccount[];
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
  owned: readonly HandoverAccount[],
  named: readonly HandoverAccount[] | undefined
): Choice {
  if (!named) return { going: sorted(owned), already: [], staying: 0 };
  const problems = named.flatMap((account): Problem[] => {
    const { name, id, owner, ownerId } = account;
    if (ownerId !== from.id && ownerId !== to.id) return [{ key: 'notOwned', name: `${name} (${id})`, detail: owner }];
    return account.isPartner ? [] : [{ key: 'notPartner', name: `${name} (${id})`, detail: owner }];
  });
  if (problems.length > 0) throw new HandoverError('accounts', problems);
  const going = named.filter(({ ownerId }) => ownerId === from.id);
  const already = named.filter(({ ownerId }) => ownerId === to.id);
  return { going: sorted(going), already: sorted(already), staying: owned.length - going.length };
}

const sorted = (accounts: readonly HandoverAccount[]): HandoverAccount[] =>
  [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1));

export type LeadMode = 'move' | 'keep';

/** Unless it is said, leads go along when all partner accounts do, and stay where some accounts stay or none goes. */
export const leadMode = (asked: LeadMode | undefined, { going, staying }: Choice): LeadMode =>
  asked ?? (going.length > 0 && staying === 0 ? 'move' : 'keep');
