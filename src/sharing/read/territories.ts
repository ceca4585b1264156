/** People from outside in sales territories; asked only where something is shared with a territory. */
import { isIn, queryAll, select } from '../../org/read/index.js';
import { OUTSIDE_TYPES, type SharingSnapshot } from '../model.js';
import { isOff, type Reader } from './reader.js';

type MemberRow = { UserId: string; Territory2: { DeveloperName: string } };
type TerritoryRow = { DeveloperName: string; ParentTerritory2: { DeveloperName: string } | null };

export async function readTerritories(reader: Reader): Promise<SharingSnapshot['territories']> {
  try {
    const outside = isIn('User.UserType', [...OUTSIDE_TYPES]);
    const fields = ['UserId', 'Territory2.DeveloperName'];
    const members = await queryAll<MemberRow>(
      reader.conn,
      select({ from: 'UserTerritory2Association', fields, where: outside })
    );
    const tree = await queryAll<TerritoryRow>(
      reader.conn,
      select({ from: 'Territory2', fields: ['DeveloperName', 'ParentTerritory2.DeveloperName'] })
    );
    const outsiders: Record<string, string[]> = {};
    for (const { UserId, Territory2 } of members) (outsiders[Territory2.DeveloperName] ??= []).push(UserId);
    const parents = tree.flatMap(({ DeveloperName, ParentTerritory2 }) =>
      ParentTerritory2 ? [[DeveloperName, ParentTerritory2.DeveloperName] as const] : []
    );
    return { outsiders, parents: Object.fromEntries(parents) };
  } catch (error) {
    reader.note('Territories', isOff(error) ? 'The org has no territories that can be read.' : (error as Error));
    return undefined;
  }
}
