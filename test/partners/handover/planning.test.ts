/** The pure parts of a handover: who goes, who may take over, who sees more or less. */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  changeOf,
  roleAndAbove,
  seersOfOwn,
  seersOfPartners,
  type Colleague,
  type RoleNode,
} from '../../../src/partners/handover/branch.js';
import { chooseAccounts, leadMode } from '../../../src/partners/handover/choose.js';
import { HandoverError } from '../../../src/partners/handover/errors.js';
import { whyNot, type OwnedObject, type Side } from '../../../src/partners/handover/people.js';
import { differencesOf } from '../../../src/partners/handover/proof.js';
import type { OwnedAccount } from '../../../src/partners/owned-accounts.js';

const side = (id: string, changes: Partial<Side> = {}): Side => ({
  id,
  name: `User ${id}`,
  username: `${id}@example.com`,
  active: true,
  userType: 'Standard',
  role: { id: `role of ${id}`, name: `Role of ${id}` },
  ...changes,
});
const SIDES = { from: side('from'), to: side('to') };

const account = (id: string, ownerId = 'from', isPartner = true): OwnedAccount => ({
  id,
  name: `Account ${id}`,
  isPartner,
  ownerId,
  owner: `User ${ownerId}`,
  stamp: '2026-01-01T00:00:00.000Z',
});

describe('choice of accounts', () => {
  const names = (accounts: readonly OwnedAccount[]): string[] => accounts.map(({ id }) => id);

  it('takes all of them, by id', () => {
    const choice = chooseAccounts(SIDES, [account('b'), account('C'), account('a')], undefined);
    expect(names(choice.going)).to.deep.equal(['C', 'a', 'b']);
    expect(choice.staying).to.equal(0);
    expect(leadMode(undefined, choice)).to.equal('move');
    expect(leadMode('keep', choice)).to.equal('keep');
  });

  it('takes those named, and counts those that stay', () => {
    const owned = [account('a'), account('b'), account('c')];
    const choice = chooseAccounts(SIDES, owned, [account('c'), account('d', 'to'), account('a')]);
    expect(names(choice.going)).to.deep.equal(['a', 'c']);
    expect(names(choice.already)).to.deep.equal(['d']);
    expect(choice.staying).to.equal(1);
    expect(leadMode(undefined, choice)).to.equal('keep');
    expect(leadMode('move', choice)).to.equal('move');
  });

  it('moves the leads when all are named, and keeps them when none is left to go', () => {
    const owned = [account('a'), account('b')];
    expect(leadMode(undefined, chooseAccounts(SIDES, owned, owned))).to.equal('move');
    expect(leadMode(undefined, chooseAccounts(SIDES, [], undefined))).to.equal('keep');
  });

  it('refuses all of it for accounts of others and for those that are no partners', () => {
    const named = [account('a'), account('x', 'other'), account('y', 'from', false), account('z', 'to', false)];
    try {
      chooseAccounts(SIDES, [account('a')], named);
      expect.fail('nothing was refused');
    } catch (error) {
      expect(error).to.be.instanceOf(HandoverError);
      expect((error as HandoverError).problems.map(({ key, name }) => [key, name])).to.deep.equal([
        ['notOwned', 'Account x (x)'],
        ['notPartner', 'Account y (y)'],
        ['notPartner', 'Account z (z)'],
      ]);
    }
  });
});

describe('who can take over', () => {
  const both = new Set<OwnedObject>(['Account', 'Lead']);
  const why = (changes: Partial<Side>, readable: ReadonlySet<OwnedObject> | undefined = both, leads = true): string[] =>
    whyNot(side('to', changes), readable, leads).map(({ key }) => key);

  it('tells every reason', () => {
    expect(why({})).to.deep.equal([]);
    expect(why({ active: false })).to.deep.equal(['inactive']);
    expect(why({ role: null })).to.deep.equal(['noRole']);
    expect(why({ role: null }, new Set())).to.deep.equal(['noRole', 'cannotReadAccount', 'cannotReadLead']);
    expect(why({}, new Set<OwnedObject>(['Account']))).to.deep.equal(['cannotReadLead']);
    expect(why({}, new Set<OwnedObject>(['Account']), false)).to.deep.equal([]);
    expect(why({ userType: 'PowerPartner', active: false })).to.deep.equal(['notInternal']);
  });

  it('takes what cannot be seen for no reason', () => {
    expect(whyNot(side('to'), undefined, true)).to.deep.equal([]);
  });
});

describe('sight through the role hierarchy', () => {
  /** A forest of roles: the parent of each is one before it, or none. */
  const forest = fc.array(fc.option(fc.nat(), { freq: 6 }), { minLength: 1, maxLength: 12 }).map((parents) =>
    parents.map((parent, index): RoleNode => ({
      id: `r${index}`,
      name: `Role ${index}`,
      parentId: parent === null || index === 0 ? null : `r${parent % index}`,
    }))
  );
  const scene = forest.chain((roles) =>
    fc.record({
      roles: fc.constant(roles),
      of: fc.array(fc.option(fc.nat(roles.length - 1), { freq: 8 }), { minLength: 2, maxLength: 10 }),
    })
  );
  const worldOf = ({ roles, of }: { roles: RoleNode[]; of: Array<number | null> }) => {
    const colleagues = of.map((role, index): Colleague => ({
      id: `u${index}`,
      name: `User ${index}`,
      roleId: role === null ? null : `r${role}`,
    }));
    const sideOf = ({ id, roleId }: Colleague): Side =>
      side(id, { role: roleId === null ? null : { id: roleId, name: roleId } });
    const org = { roles: new Map(roles.map((role) => [role.id, role])), colleagues };
    return { org, colleagues, sides: { from: sideOf(colleagues[0]!), to: sideOf(colleagues[1]!) } };
  };

  /** Worked out from the top down, unlike the code. */
  const isBelow = (roles: readonly RoleNode[], role: string, top: string): boolean =>
    roles.some(({ id, parentId }) => parentId === top && (id === role || isBelow(roles, role, id)));

  it('is that of everybody in the role and above, for what partner users own', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { org, colleagues, sides } = worldOf(given);
        const expected = colleagues.filter(
          ({ roleId }) =>
            roleId !== null &&
            sides.from.role !== null &&
            (roleId === sides.from.role.id || isBelow(given.roles, sides.from.role.id, roleId))
        );
        expect([...seersOfPartners(org, sides.from)]).to.have.members(expected.map(({ id }) => id));
      })
    );
  });

  it('is that of the owner and of those above his role, for what he owns', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { org, colleagues, sides } = worldOf(given);
        const { id: own, role } = sides.to;
        const expected = colleagues.filter(
          ({ id, roleId }) => id === own || (roleId !== null && role !== null && isBelow(given.roles, role.id, roleId))
        );
        expect([...seersOfOwn(org, sides.to)]).to.have.members(expected.map(({ id }) => id));
      })
    );
  });

  it('comes back when the handover goes back', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { org, sides } = worldOf(given);
        for (const seers of [seersOfOwn, seersOfPartners]) {
          const there = changeOf(org, sides, seers);
          const back = changeOf(org, { from: sides.to, to: sides.from }, seers);
          expect(there).to.deep.equal({ gain: back.lose, lose: back.gain });
        }
      })
    );
  });

  it('ends where roles go round in a circle', () => {
    const roles = new Map<string, RoleNode>([
      ['a', { id: 'a', name: 'A', parentId: 'b' }],
      ['b', { id: 'b', name: 'B', parentId: 'a' }],
    ]);
    expect(roleAndAbove(roles, 'a')).to.deep.equal(['a', 'b']);
    expect(roleAndAbove(roles, null)).to.deep.equal([]);
  });
});

describe('proof of a handover', () => {
  const role = (Id: string, ParentRoleId: string, PortalAccountOwnerId = 'to') => ({
    Id,
    Name: `Portal ${Id}`,
    DeveloperName: Id,
    PortalAccountId: 'account',
    PortalAccountOwnerId,
    ParentRoleId,
  });

  it('looks at the top role for its place and at all of them for their owner', () => {
    const to = { ...side('to'), role: { id: 'new', name: 'New' } };
    expect(differencesOf([role('top', 'new'), role('low', 'top')], { to })).to.deep.equal([]);
    expect(differencesOf([role('top', 'old'), role('low', 'top', 'from')], { to })).to.deep.equal([
      'Portal low still belongs to another manager.',
      'Portal top does not hang below New.',
    ]);
  });
});
