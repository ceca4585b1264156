import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Author } from '../../../src/practice/rules/records.js';
import { RECALCULATION_DELAY } from '../../../src/practice/sharing/recalculation.js';
import type { NewRule } from '../../../src/practice/sharing/types.js';
import { TestOrg } from '../save/support.js';

describe('sharing stores', () => {
  let test: TestOrg;
  let author: Author;
  beforeEach(() => {
    test = new TestOrg();
    author = { tools: test.org.tools, userId: test.session.user.Id, now: '2026-10-01T09:00:00.000+0000' };
    test.org.settle();
  });
  afterEach(() => test.end());

  const group = (type: string, name: string): string =>
    test.text('SELECT "Id" FROM "Group" WHERE "Type" = ? AND "DeveloperName" = ?', type, name);
  const rule = (more: Partial<NewRule> = {}): NewRule => ({
    object: 'Lead',
    name: 'Stores_Test',
    kind: 'owner',
    label: 'Stores test',
    access: 'Read',
    target: group('RoleAndSubordinates', 'VP_Channel'),
    source: group('Role', 'VP_Sales'),
    criteria: [],
    allOwners: false,
    ...more,
  });
  const states = (): unknown[] =>
    test.org.store
      .sql("SELECT state FROM practice_sharing_rule WHERE name = 'Stores_Test' ORDER BY id")
      .all()
      .map(({ state }) => state);
  const def = (name: string) => test.org.catalog.require(name);

  describe('rules', () => {
    it('are added, changed and removed in steps', () => {
      const { rules } = test.org.sharing;
      const { id, created } = rules.put(author, rule());
      expect([created, id.slice(0, 3), id.length]).to.deep.equal([true, '02c', 18]);
      expect(states()).to.deep.equal(['adding']);
      expect(rules.find('Lead', 'stores_test')).to.include({ id, access: 'Read', modifiedAt: author.now });
      test.org.settle();
      expect(states()).to.deep.equal(['active']);
      expect(rules.put(author, rule({ access: 'Edit' }))).to.deep.equal({ id, created: false });
      expect(states()).to.deep.equal(['changing']);
      test.org.settle();
      expect(rules.remove(author, 'Lead', 'Stores_Test')).to.equal(true);
      expect(states()).to.deep.equal(['removing']);
      expect(rules.find('Lead', 'Stores_Test')).to.equal(undefined);
      expect(rules.remove(author, 'Lead', 'Stores_Test')).to.equal(false);
      test.org.settle();
      expect(states()).to.deep.equal([]);
    });

    it('start nothing where nothing changes', () => {
      const { rules } = test.org.sharing;
      rules.put(author, rule());
      test.org.settle();
      rules.put({ ...author, now: '2026-10-02T09:00:00.000+0000' }, rule());
      expect(rules.isLocked('Lead')).to.equal(false);
      expect(rules.find('Lead', 'Stores_Test')!.modifiedAt).to.equal(author.now);
    });

    it('keep target and source (B4)', () => {
      const { rules } = test.org.sharing;
      rules.put(author, rule());
      expect(() => rules.put(author, rule({ target: group('Role', 'VP_Channel') }))).to.throw('target');
      expect(() => rules.put(author, rule({ source: group('Role', 'CEO') }))).to.throw('source');
    });

    it('can be made anew under the same name while the old one is being removed', () => {
      const { rules } = test.org.sharing;
      rules.put(author, rule());
      test.org.settle();
      rules.remove(author, 'Lead', 'Stores_Test');
      rules.put(author, rule({ target: group('Role', 'VP_Channel') }));
      expect(states()).to.deep.equal(['removing', 'adding']);
      test.org.settle();
      expect(states()).to.deep.equal(['active']);
    });

    it('are at most 300 an object, 50 of them by criteria (addenda)', () => {
      const { rules } = test.org.sharing;
      const left = (kind: 'owner' | 'criteria', most: number): number => {
        for (let n = 0; ; n++) {
          try {
            const criteria = [{ field: 'Name', operation: 'equals', value: 'x' }];
            rules.put(author, { ...rule({ object: 'Campaign', name: `${kind}_${n}`, kind }), criteria });
          } catch (error) {
            expect((error as { errorCode: string }).errorCode).to.equal('LIMIT_EXCEEDED');
            return most - rules.list('Campaign').length;
          }
        }
      };
      const before = rules.list('Campaign').filter(({ kind }) => kind === 'owner').length;
      expect(left('criteria', 50 + before)).to.equal(0);
      expect(left('owner', 300)).to.equal(0);
    });

    it('go with the group they name', () => {
      const { rules } = test.org.sharing;
      const id = test.good('create', 'Group', { Type: 'Regular', Name: 'Short Lived' });
      rules.put(author, rule({ target: id }));
      test.good('delete', 'Group', { Id: id });
      expect(rules.find('Lead', 'Stores_Test')).to.equal(undefined);
    });
  });

  describe('recalculation', () => {
    it('locks the object alone, but four objects together', () => {
      const { rules } = test.org.sharing;
      rules.put(author, rule());
      expect(['Lead', 'Account', 'Campaign'].map((name) => rules.isLocked(name))).to.deep.equal([true, false, false]);
      test.org.settle();
      rules.put(author, rule({ object: 'Case' }));
      expect(['Lead', 'Account', 'Contact', 'Opportunity', 'Case'].map((name) => rules.isLocked(name))).to.deep.equal([
        false,
        true,
        true,
        true,
        true,
      ]);
    });

    it('ends by itself', async () => {
      test.org.preferences.set(RECALCULATION_DELAY, 20);
      test.org.sharing.rules.put(author, rule());
      expect(test.org.sharing.rules.isLocked('Lead')).to.equal(true);
      await sleep(80);
      expect(test.org.sharing.rules.isLocked('Lead')).to.equal(false);
      expect(states()).to.deep.equal(['active']);
    });

    it('is finished after a restart', () => {
      test.org.preferences.set(RECALCULATION_DELAY, 60_000);
      test.org.sharing.rules.put(author, rule());
      test.reopen();
      expect(states()).to.deep.equal(['adding']);
      test.org.settle();
      expect(states()).to.deep.equal(['active']);
    });

    it('does not hold up other work', async () => {
      test.org.preferences.set(RECALCULATION_DELAY, 60_000);
      test.org.sharing.rules.put(author, rule());
      test.org.preferences.set(RECALCULATION_DELAY, 10);
      test.org.sharing.rules.put(author, rule({ object: 'Case' }));
      await sleep(60);
      expect(['Lead', 'Case'].map((name) => test.org.sharing.rules.isLocked(name))).to.deep.equal([true, false]);
    });

    it('is undone with its transaction', () => {
      const { rules } = test.org.sharing;
      expect(() =>
        test.org.store.transaction(() => {
          rules.put(author, rule());
          throw new Error('no');
        })
      ).to.throw('no');
      expect([rules.isLocked('Lead'), states()]).to.deep.equal([false, []]);
    });
  });

  describe('org-wide defaults', () => {
    it('widen at once and narrow later', () => {
      const { defaults, rules } = test.org.sharing;
      const effective = (): unknown =>
        test.org.store
          .sql(
            "SELECT effective_internal AS i, effective_external AS e FROM practice_org_default WHERE object = 'Case'"
          )
          .get();
      defaults.set(author, def('Case'), { internal: 'ReadWrite', external: 'Read' });
      test.org.settle();
      expect(effective()).to.include({ i: 'ReadWrite', e: 'Read' });
      defaults.set(author, def('Case'), { internal: 'ReadWriteTransfer' });
      expect(effective()).to.include({ i: 'ReadWriteTransfer', e: 'Read' });
      expect(rules.isLocked('Case')).to.equal(false);
      defaults.set(author, def('Case'), { internal: 'Private', external: 'Private' });
      expect(defaults.of(def('Case'))).to.deep.equal({ internal: 'Private', external: 'Private' });
      expect(effective()).to.include({ i: 'ReadWriteTransfer', e: 'Read' });
      expect(rules.isLocked('Account')).to.equal(true);
      test.org.settle();
      expect(effective()).to.include({ i: 'Private', e: 'Private' });
    });

    it('are shown by Organization', () => {
      const shown = (): unknown => test.value('SELECT "DefaultLeadAccess" FROM "Organization"');
      expect(shown()).to.equal('None');
      test.org.sharing.defaults.set(author, def('Lead'), { internal: 'ReadWriteTransfer' });
      expect(shown()).to.equal('ReadEditTransfer');
    });

    it('refuse an external one that is more open, and models of other objects (A4)', () => {
      const { defaults } = test.org.sharing;
      defaults.set(author, def('Lead'), { internal: 'Private', external: 'Private' });
      const refused = (name: string, models: object): string => {
        try {
          defaults.set(author, def(name), models);
        } catch (error) {
          return (error as { errorCode: string }).errorCode;
        }
        return 'taken';
      };
      expect(refused('Lead', { external: 'Read' })).to.equal('FIELD_INTEGRITY_EXCEPTION');
      expect(refused('Lead', { internal: 'FullAccess' })).to.equal('FIELD_INTEGRITY_EXCEPTION');
      expect(refused('Account', { internal: 'ReadWriteTransfer' })).to.equal('FIELD_INTEGRITY_EXCEPTION');
      expect(refused('Lead', { internal: 'ControlledByParent' })).to.equal('FIELD_INTEGRITY_EXCEPTION');
      expect(refused('Lead', { internal: 'Read', external: 'Read' })).to.equal('taken');
    });

    it('of accounts drag the others along when they become private (A4)', () => {
      const { defaults } = test.org.sharing;
      for (const name of ['Account', 'Opportunity']) {
        defaults.set(author, def(name), { internal: 'ReadWrite', external: 'Private' });
      }
      defaults.set(author, def('Account'), { internal: 'Private' });
      expect(defaults.of(def('Opportunity')).internal).to.equal('Private');
    });
  });

  it('folder shares keep the ids of those that stay', () => {
    const { folders } = test.org.sharing;
    const folder = '00lgL0000000001AAA';
    const [a, b, c] = ['00GgL0000000001AAA', '00GgL0000000002AAA', '00GgL0000000003AAA'] as const;
    folders.replace(folder, [
      { sharedWith: a, access: 'View' },
      { sharedWith: b, access: 'View' },
    ]);
    const [first] = folders.shares(folder);
    folders.replace(folder, [
      { sharedWith: a, access: 'Manage' },
      { sharedWith: c, access: 'View' },
    ]);
    expect(folders.shares(folder).map(({ sharedWith, access }) => [sharedWith, access])).to.deep.equal([
      [a, 'Manage'],
      [c, 'View'],
    ]);
    expect(folders.shares(folder)[0]!.id).to.equal(first!.id);
    const id = folders.add(folder, { sharedWith: b, access: 'EditAllContents' });
    expect(folders.change(id, 'View')).to.equal(true);
    expect(folders.remove(id)).to.equal(true);
    expect([folders.remove(id), folders.change(id, 'View')]).to.deep.equal([false, false]);
  });
});
