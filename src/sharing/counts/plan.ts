/**
 * Which numbers are worth asking for: one GROUP BY an object, at most one query a criteria-based rule that leads
 * outside, nothing for the rest.
 */
import { all, compare, countOf, isIn, isInQuery, isNotInQuery, select, type Counting } from '../../org/read/index.js';
import { OWN_CONTACTS } from '../analyse/standing.js';
import type { Finding } from '../finding.js';
import { OUTSIDE_TYPES, ROLELESS_TYPES, type Counts, type Rule, type SharingSnapshot } from '../model.js';
import { criteriaOf, NotCountable, type FieldType } from './criteria.js';

export type CountRow = { total: number } & Record<string, unknown>;

/** A query with the place where its numbers go. */
export type CountQuestion = {
  source: string;
  soql: string;
  /** What it counts, where the answer may have more groups than the org gives at once. */
  paged?: Counting;
  put(counts: Counts, rows: readonly CountRow[]): void;
};

/** Rules that are counted by a query of their own. */
export function rulesToCount({ rules }: SharingSnapshot, findings: readonly Finding[]): Rule[] {
  const keys = new Set(findings.filter(({ kind }) => kind === 'rule').map(({ key }) => key));
  return rules.filter(({ object, name, kind }) => kind !== 'owner' && keys.has(`rule:${object}.${name}`));
}

/** By owner where the object has one, else in total. Only objects whose records are shared at all. */
export function objectQuestions({ defaults, parents }: SharingSnapshot): CountQuestion[] {
  return defaults
    .filter(({ object }) => object !== 'User')
    .map(({ object }) => {
      const detail = object in parents && object !== 'Contact';
      const total = countOf('Id', 'total');
      if (!detail) return byOwner(object);
      const put = (counts: Counts, [row]: readonly CountRow[]): void => void (counts.totals[object] = row?.total ?? 0);
      return { source: `Number of ${object}`, soql: select({ from: object, fields: [total] }), put };
    });
}

function byOwner(object: string): CountQuestion {
  const by = 'OwnerId';
  const soql = select({ from: object, fields: [by, countOf('Id', 'total')], groupBy: [by] });
  const put = (counts: Counts, rows: readonly CountRow[]): void => {
    counts.owners[object] = Object.fromEntries(rows.map(({ OwnerId, total }) => [String(OwnerId), total]));
  };
  return { source: `Owners of ${object}`, soql, paged: { from: object, by }, put };
}

/** The records of a rule. @throws NotCountable */
export function ruleQuestion(
  rule: Rule,
  types: ReadonlyMap<string, FieldType>,
  people: SharingSnapshot['people']
): CountQuestion {
  const name = `${rule.object}.${rule.name}`;
  const matching = criteriaOf(rule, types);
  const roleless =
    rule.kind === 'criteria' && !rule.allOwners && people.some(({ userType }) => ROLELESS_TYPES.includes(userType));
  const where = roleless ? all(matching, ownedByOthers()) : matching;
  const put = (counts: Counts, [row]: readonly CountRow[]): void => void (counts.rules[name] = row?.total ?? 0);
  return {
    source: `Records of the rule ${name}`,
    soql: select({ from: rule.object, fields: [countOf('Id', 'total')], where }),
    put,
  };
}

/** Records of owners without a role are left out by a rule unless it says otherwise (platform-facts B4). */
const ownedByOthers = () =>
  isNotInQuery('OwnerId', select({ from: 'User', fields: ['Id'], where: isIn('UserType', [...ROLELESS_TYPES]) }));

/** Contacts of the accounts that have users. */
export function ownContacts(): CountQuestion {
  const users = all(
    isIn('UserType', [...OUTSIDE_TYPES]),
    compare('IsActive', '=', true),
    compare('AccountId', '!=', null)
  );
  const accounts = select({ from: 'User', fields: ['AccountId'], where: users });
  const soql = select({ from: 'Contact', fields: [countOf('Id', 'total')], where: isInQuery('AccountId', accounts) });
  const put = (counts: Counts, [row]: readonly CountRow[]): void =>
    void (counts.totals[OWN_CONTACTS] = row?.total ?? 0);
  return { source: 'Contacts of accounts with users', soql, put };
}

/** What lies in folders, by the object and its field that names the folder. */
const IN_FOLDERS = [
  { content: 'Report', field: 'OwnerId' },
  { content: 'Dashboard', field: 'FolderId' },
  { content: 'Document', field: 'FolderId' },
  { content: 'EmailTemplate', field: 'FolderId' },
];

/** One query for each kind of content of which a folder leads outside. */
export function folderQuestions(findings: readonly Finding[], names: ReadonlyMap<string, string>): CountQuestion[] {
  const folders = findings.filter(({ kind }) => kind === 'folder');
  const wanted = new Set(folders.map(({ object }) => (object === 'Email' ? 'EmailTemplate' : object)));
  return IN_FOLDERS.filter(({ content }) => wanted.has(content)).map(({ content, field }) => ({
    source: `Contents of folders of ${content}`,
    soql: select({ from: content, fields: [field, countOf('Id', 'total')], groupBy: [field] }),
    put: (counts, rows) => {
      const byName = new Map(rows.map((row) => [names.get(String(row[field])), row.total]));
      for (const { object, source } of folders) {
        if (object !== content && !(object === 'Email' && content === 'EmailTemplate')) continue;
        const last = source.name.split('/').at(-1)!;
        counts.folders[source.name] = byName.get(last) ?? 0;
      }
    },
  }));
}

export { NotCountable };
