import { expect } from 'chai';
import fc from 'fast-check';
import { planRules } from '../../src/sharing/apply/rules.js';
import type { Originals, RuleKind } from '../../src/sharing/apply/originals.js';
import type { Finding, Fix } from '../../src/sharing/finding.js';
import type { Members } from '../../src/runs/index.js';

const NONE = { owner: 0, criteria: 0, guest: 0, territory: 0 };

type Rule = { object: string; name: string; kind: RuleKind };

/** Originals of an org that has these rules, and so many more of each kind. */
const originalsOf = (
  rules: readonly Rule[],
  more: Record<string, Partial<Record<RuleKind, number>>> = {}
): Originals => {
  const originals: Originals = {
    rules: new Map(),
    ruleCounts: new Map(),
    folders: new Map(),
    listViews: new Map(),
    objects: new Map(),
  };
  for (const { object, name, kind } of rules) {
    originals.rules.set(`${object}.${name}`, {
      fullName: name,
      accessLevel: 'Read',
      label: name,
      sharedTo: { roleAndSubordinates: 'CEO' },
    });
    const counts = originals.ruleCounts.get(object) ?? { ...NONE, ...more[object] };
    counts[kind] += 1;
    originals.ruleCounts.set(object, counts);
  }
  return originals;
};

const convert = ({ object, name, kind }: Rule): Finding =>
  ({
    fix: {
      kind: 'convert-rule',
      text: '',
      object,
      rule: name,
      ruleKind: kind,
      twin: `${name}_Int`,
      to: { element: 'roleAndSubordinatesInternal', names: ['CEO'] },
    } satisfies Fix,
  }) as Finding;

const remove = ({ object, name, kind }: Rule): Finding =>
  ({ fix: { kind: 'delete-rule', text: '', object, rule: name, ruleKind: kind } satisfies Fix }) as Finding;

const names = (members: Members | undefined): string[] => Object.values(members ?? {}).flat();

const owner = (object: string, name: string): Rule => ({ object, name, kind: 'owner' });

describe('converting sharing rules', () => {
  it('puts the twin and the delete of the old rule into one deploy, and the reverse into its backup', () => {
    const rule = owner('Lead', 'North');
    const { deploys, missing } = planRules([convert(rule)], originalsOf([rule]));
    expect(missing).to.deep.equal([]);
    expect(deploys).to.have.length(1);
    const { deployment, backup, components, warnings } = deploys[0]!;
    expect(deployment.files[0]!.body).to.deep.equal({
      sharingOwnerRules: [
        {
          fullName: 'North_Int',
          accessLevel: 'Read',
          label: 'North',
          sharedTo: { roleAndSubordinatesInternal: 'CEO' },
        },
      ],
    });
    expect(deployment.members).to.deep.equal({ SharingOwnerRule: ['Lead.North_Int'] });
    expect(deployment.deleteAfter).to.deep.equal({ SharingOwnerRule: ['Lead.North'] });
    expect(backup.members).to.deep.equal({ SharingOwnerRule: ['Lead.North'] });
    expect(backup.deleteAfter).to.deep.equal({ SharingOwnerRule: ['Lead.North_Int'] });
    expect(components.map(({ fullName, action }) => `${action} ${fullName}`)).to.deep.equal([
      'create Lead.North_Int',
      'delete Lead.North',
    ]);
    expect(warnings).to.deep.equal([]);
  });

  it('deploys the objects together whose rules lock together, the others each by itself', () => {
    const rules = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead', 'Campaign'].map((object) => owner(object, 'A'));
    const { deploys } = planRules(rules.map(convert), originalsOf(rules));
    expect(deploys.map(({ id }) => id)).to.deep.equal(['rules-Account', 'rules-Campaign', 'rules-Lead']);
    expect(names(deploys[0]!.deployment.members)).to.have.members([
      'Account.A_Int',
      'Contact.A_Int',
      'Opportunity.A_Int',
      'Case.A_Int',
    ]);
  });

  it('takes a rule for outsiders only away without a twin', () => {
    const rule = owner('Lead', 'Partners');
    const [deploy] = planRules([remove(rule)], originalsOf([rule])).deploys;
    expect(deploy!.deployment.files).to.deep.equal([]);
    expect(names(deploy!.deployment.deleteAfter)).to.deep.equal(['Lead.Partners']);
    expect(names(deploy!.backup.members)).to.deep.equal(['Lead.Partners']);
    expect(deploy!.backup.deleteAfter).to.equal(undefined);
  });

  it('names rules that are not there any more', () => {
    const { deploys, missing } = planRules([convert(owner('Lead', 'Gone'))], originalsOf([]));
    expect([deploys, missing]).to.deep.equal([[], ['Lead.Gone']]);
  });

  it('goes in batches where twins and old rules do not fit beside each other', () => {
    const rules = Array.from({ length: 5 }, (_, index) => owner('Lead', `R${index}`));
    const { deploys } = planRules(rules.map(convert), originalsOf(rules, { Lead: { owner: 293 } }));
    expect(deploys.map(({ deployment }) => names(deployment.members).length)).to.deep.equal([2, 2, 1]);
    expect(deploys.flatMap(({ warnings }) => warnings)).to.deep.equal([]);
  });

  it('deletes first, and says so, where an object has as many rules as it may', () => {
    const rules = [owner('Lead', 'A'), owner('Lead', 'B')];
    const { deploys } = planRules(rules.map(convert), originalsOf(rules, { Lead: { owner: 298 } }));
    expect(deploys).to.have.length(2);
    for (const { deployment, warnings } of deploys) {
      expect(names(deployment.deleteBefore)).to.have.length(1);
      expect(warnings[0]).to.match(/before its twin/);
    }
  });

  it('never leaves more rules in an org than it may have, at any moment of any plan', () => {
    const kinds = fc.constantFrom<RuleKind>('owner', 'criteria', 'guest');
    const some = fc.uniqueArray(fc.tuple(fc.constantFrom('Lead', 'Case', 'Account'), fc.nat(60), kinds), {
      selector: ([object, number]) => `${object}${number}`,
      minLength: 1,
      maxLength: 60,
    });
    const more = fc.record({ owner: fc.integer({ min: 0, max: 240 }), criteria: fc.integer({ min: 0, max: 45 }) });
    fc.assert(
      fc.property(some, more, (entries, extra) => {
        const all = entries.map(([object, number, kind]): Rule => ({ object, name: `R${number}`, kind }));
        const room = { Lead: extra, Case: extra, Account: extra };
        const limited = (object: string): Rule[] =>
          all.filter((rule) => rule.object === object && rule.kind !== 'owner');
        // An org cannot have more criteria-based rules than 50 to begin with.
        const rules = all.filter(
          (rule) => rule.kind === 'owner' || limited(rule.object).indexOf(rule) < 50 - extra.criteria
        );
        fc.pre(rules.length > 0);
        const originals = originalsOf(rules, room);
        const counts = new Map([...originals.ruleCounts].map(([object, count]) => [object, { ...count }]));
        const kindOf = new Map(rules.map(({ object, name, kind }) => [`${object}.${name}`, kind]));
        const change = (list: string[], by: number): void => {
          for (const name of list) {
            const [object] = name.split('.') as [string];
            counts.get(object)![kindOf.get(name.replace(/_Int$/, ''))!] += by;
            const { owner: owners, criteria, guest } = counts.get(object)!;
            expect(owners + criteria + guest, name).to.be.at.most(300);
            expect(criteria + guest, name).to.be.at.most(50);
          }
        };
        const done: string[] = [];
        for (const { deployment } of planRules(rules.map(convert), originals).deploys) {
          change(names(deployment.deleteBefore), -1);
          change(names(deployment.members), 1);
          change(names(deployment.deleteAfter), -1);
          done.push(...names(deployment.members));
        }
        expect(done).to.have.members(rules.map(({ object, name }) => `${object}.${name}_Int`));
      })
    );
  });
});
