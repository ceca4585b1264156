/** The order of records in `List.sort` (Apex Developer Guide, Sorting Lists of sObjects). */
import type { Ctx } from '../../runtime/context.js';
import type { ApexSObject } from '../../runtime/sobjects.js';

/** The name counts first, then standard fields by the alphabet, then the org's own; the id does not count. */
const rank = (field: string): number => (field === 'Name' ? 0 : field.endsWith('__c') ? 2 : 1);

const byRank = (left: string, right: string): number => {
  const difference = rank(left) - rank(right);
  return difference !== 0 ? difference : left < right ? -1 : Number(left > right);
};

/** Compares two records: by type, then field by field; what is empty comes first. */
export const compareRecords = (ctx: Ctx, left: ApexSObject, right: ApexSObject): number => {
  if (left.typeName !== right.typeName) return left.typeName < right.typeName ? -1 : 1;
  const fields = new Set([...left.fields.keys(), ...right.fields.keys()]);
  fields.delete('Id');
  for (const field of [...fields].sort(byRank)) {
    const order = ctx.compare(left.get(field), right.get(field));
    if (order !== 0) return order;
  }
  return 0;
};
