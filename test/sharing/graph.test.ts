import { expect } from 'chai';
import fc from 'fast-check';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import { Graph } from '../../src/sharing/analyse/graph.js';
import { twinName } from '../../src/sharing/analyse/rules.js';
import { buildWorld } from '../../src/sharing/analyse/world.js';
import { GROUP_TYPE, SHARED_TO, SHARED_TO_TYPE } from '../../src/sharing/targets.js';
import { SmallOrg, to } from './small-org.js';

const nobody = { managerRoles: [], partnerRoles: 1 };

/** Partners p0 … p9 in ten accounts below ten managers M0 … M9, and groups nested at will, also in circles. */
function world(
  members: ReadonlyArray<readonly [group: number, member: number]>,
  leaves: ReadonlyArray<readonly [number, number]>
) {
  const org = new SmallOrg().role('Boss').reads('PowerPartner', 'Lead').user('boss', 'Boss');
  for (let index = 0; index < 10; index++) {
    org.role(`M${index}`, 'Boss').portal(`A${index}`, `M${index}`, ['User']).partner(`p${index}`, `A${index}`);
  }
  for (let index = 0; index < 12; index++) {
    const inner = members.filter(([group]) => group === index).map(([, member]) => `Group:g${member}`);
    const roles = leaves.filter(([group]) => group === index).map(([, role]) => `RoleAndSubordinates:M${role}`);
    org.group(`g${index}`, [...inner, ...roles]);
  }
  return org;
}

/** Partners behind a group by the plainest means: repeat until nothing is added. */
function slowly(
  start: number,
  members: ReadonlyArray<readonly [number, number]>,
  leaves: ReadonlyArray<readonly [number, number]>
) {
  const groups = new Set([start]);
  for (let size = 0; size < groups.size;) {
    size = groups.size;
    for (const [group, member] of members) if (groups.has(group)) groups.add(member);
  }
  return [...new Set(leaves.filter(([group]) => groups.has(group)).map(([, role]) => `user:p${role}`))].sort();
}

const small = fc.integer({ min: 0, max: 11 });
const nesting = fc.array(fc.tuple(small, small), { maxLength: 30 });
const rolesIn = fc.array(fc.tuple(small, fc.integer({ min: 0, max: 9 })), { maxLength: 15 });

describe('sharing: graph of groups', () => {
  it('finds the same people as the plain way, through circles and at any depth', () => {
    fc.assert(
      fc.property(nesting, rolesIn, (members, leaves) => {
        const graph = new Graph(buildWorld(world(members, leaves).snapshot, nobody));
        for (let index = 0; index < 12; index++) {
          const { outsiders, chains } = graph.reach(graph.ofName('Group', `g${index}`));
          const ids = outsiders.map((place) => graph.world.outsiders[place]!.person.id).sort();
          expect(ids).to.deep.equal(slowly(index, members, leaves));
          for (const { nodes } of chains) {
            // Each way begins at the target, follows memberships, and passes no node twice.
            expect(nodes[0]!.key).to.equal(`Group:g${index}`);
            expect(new Set(nodes.map(({ key }) => key)).size).to.equal(nodes.length);
            for (let at = 1; at < nodes.length - 1; at++)
              expect(members.map((pair) => pair.join())).to.include(
                `${nodes[at - 1]!.name.slice(1)},${nodes[at]!.name.slice(1)}`
              );
          }
        }
      }),
      { numRuns: 150 }
    );
  });

  it('goes through a thousand nested groups', () => {
    const org = new SmallOrg().role('Boss').portal('A', 'Boss', ['User']).partner('p', 'A');
    for (let index = 0; index < 1000; index++)
      org.group(`g${index}`, [index === 999 ? 'RoleAndSubordinates:Boss' : `Group:g${index + 1}`]);
    const graph = new Graph(buildWorld(org.snapshot, nobody));
    const reach = graph.reach(graph.ofName('Group', 'g0'));
    expect(reach.outsiders).to.have.length(1);
    expect(reach.chains[0]!.nodes).to.have.length(1001);
  });

  it('has keys and digests that depend on names alone: not on ids, order or counts', () => {
    fc.assert(
      fc.property(nesting, rolesIn, fc.integer(), (members, leaves, seed) => {
        const org = world(members, leaves).owns('Lead', { 'user:boss': 3 });
        for (let index = 0; index < 12; index++)
          org.ownerRule('Lead', `R${index}`, to('role', 'Boss'), to('group', `g${index}`));
        const other = structuredClone(org.snapshot);
        const renamed = JSON.parse(JSON.stringify(other).replaceAll('Group:g', `Group:x${seed}g`)) as typeof other;
        renamed.memberships.reverse();
        renamed.groups.reverse();
        renamed.roles.reverse();
        renamed.counts.owners.Lead = { 'user:boss': 99 };
        const told = (snapshot: typeof other): string[] =>
          analyse(snapshot, nobody)
            .findings.filter(({ kind }) => kind === 'rule')
            .map(({ key, digest }) => `${key} ${digest}`);
        expect(told(renamed)).to.deep.equal(told(org.snapshot));
        const counted = { ...structuredClone(org.snapshot) };
        counted.counts.owners.Lead = { 'user:boss': 99 };
        expect(told(counted)).to.deep.equal(told(org.snapshot));
      }),
      { numRuns: 60 }
    );
  });

  it('recognises every target of rules and every type of folder shares and groups; what is unknown is a finding', () => {
    const elements =
      'allCustomerPortalUsers allInternalUsers allPartnerUsers allRestrictedEmployeeUsers channelProgramGroup channelProgramGroups group groups guestUser managers managerSubordinates portalRole portalRoleAndSubordinates queue role roles roleAndSubordinates rolesAndSubordinates roleAndSubordinatesInternal territory territories territoryAndSubordinates territoriesAndSubordinates'.split(
        ' '
      );
    for (const element of elements) expect(SHARED_TO, element).to.have.property(element);
    const shareTypes =
      'Group Role RoleAndSubordinates RoleAndSubordinatesInternal Manager ManagerAndSubordinatesInternal Organization Territory TerritoryAndSubordinates AllPrmUsers User PartnerUser AllCspUsers CustomerPortalUser PortalRole PortalRoleAndSubordinates ChannelProgramGroup'.split(
        ' '
      );
    for (const type of shareTypes) expect(SHARED_TO_TYPE, type).to.have.property(type);
    for (const type of 'Regular Queue Role RoleAndSubordinates RoleAndSubordinatesInternal Organization PRMOrganization AllCustomerPortal ChannelProgramGroup Manager ManagerAndSubordinatesInternal GuestUserGroup Territory'.split(
      ' '
    ))
      expect(GROUP_TYPE, type).to.have.property(type);

    const org = new SmallOrg()
      .role('Boss')
      .portal('A', 'Boss', ['User'])
      .partner('p', 'A')
      .reads('PowerPartner', 'Lead');
    org.user('boss', 'Boss').owns('Lead', { 'user:boss': 1 });
    org.ownerRule('Lead', 'Future', to('role', 'Boss'), to('allSatellites'));
    org.ownerRule('Lead', 'Program', to('role', 'Boss'), to('channelProgramGroup', 'Gold'));
    org.ownerRule('Lead', 'Territory', to('role', 'Boss'), to('territory', 'Europe'));
    org.ownerRule('Lead', 'Hidden_Group', to('role', 'Boss'), to('group', 'Not_There'));
    org.ownerRule('Lead', 'Inside', to('role', 'Boss'), to('roleAndSubordinatesInternal', 'Not_There'));
    org.snapshot.folders.push({
      content: 'Report',
      name: 'F',
      label: '',
      accessType: 'Shared',
      shares: [{ access: 'View', type: 'Satellite', name: 'x' }],
    });
    const { findings } = analyse(org.snapshot, nobody);
    const unknown = Object.fromEntries(findings.flatMap(({ key, unknown: why }) => (why ? [[key, why]] : [])));
    expect(unknown).to.deep.equal({
      'rule:Lead.Future': '<allSatellites> is not a known target',
      'rule:Lead.Program': 'the members of the channel program "Gold" were not read',
      'rule:Lead.Territory': 'who is in the territory "Europe" was not read',
      'rule:Lead.Hidden_Group': 'no group "Not_There"',
      'folder:Report/F': '"Satellite" is not a known kind of share',
    });
    expect(
      findings.filter(({ unknown: why }) => why).every(({ usersKnown, fix }) => !usersKnown && fix.kind === 'by-hand')
    ).to.equal(true);
    org.snapshot.territories = { outsiders: { Berlin: ['user:p'] }, parents: { Berlin: 'Europe' } };
    org.ownerRule('Lead', 'Tree', to('role', 'Boss'), to('territoryAndSubordinates', 'Europe'));
    const known = analyse(org.snapshot, nobody).findings.map(({ key }) => key);
    expect(known).to.include('rule:Lead.Tree');
    expect(known).not.to.include('rule:Lead.Territory');
  });

  it('takes guest, manager and customer targets for what they are', () => {
    const org = new SmallOrg()
      .role('Boss')
      .portal('A', 'Boss', ['User'])
      .partner('p', 'A')
      .reads('PowerPartner', 'Lead');
    org
      .reads('PowerCustomerSuccess', 'Lead')
      .reads('CspLitePortal', 'Lead')
      .user('boss', 'Boss')
      .owns('Lead', { 'user:boss': 1 });
    org.person('c', 'PowerCustomerSuccess').person('h', 'CspLitePortal');
    org.ownerRule('Lead', 'Customers', to('role', 'Boss'), to('allCustomerPortalUsers'));
    org.ownerRule('Lead', 'Managers', to('role', 'Boss'), to('managers', 'p@small.example.com'));
    org.ownerRule('Lead', 'Reports', to('role', 'Boss'), to('managerSubordinates', 'boss@small.example.com'));
    const { findings } = analyse(org.snapshot, nobody);
    // High-volume users are in no group.
    expect(
      findings.filter(({ kind }) => kind === 'rule').map(({ key, externalUsers }) => [key, externalUsers])
    ).to.deep.equal([['rule:Lead.Customers', 1]]);
  });

  it('names twins so that they are free and not too long', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z](_?[A-Za-z0-9]){0,39}$/), fc.nat({ max: 5 }), (name, count) => {
        const taken = new Set<string>([name.toLowerCase()]);
        for (let index = 0; index <= count; index++) {
          const twin = twinName(name, taken);
          expect(taken.has(twin.toLowerCase())).to.equal(false);
          expect(twin.length).to.be.at.most(80);
          expect(twin)
            .to.match(/^[A-Za-z]\w*_Int\d*$/)
            .and.not.match(/__/);
          taken.add(twin.toLowerCase());
        }
      })
    );
  });

  it('gives two rules of one deploy twins of different names, in whatever order they were read', () => {
    const long = 'A'.repeat(78);
    const twins = (names: string[]): string[] => {
      const org = new SmallOrg().role('Boss').role('North', 'Boss').portal('Acme', 'North', ['User']);
      org.user('boss', 'Boss').partner('ann', 'Acme').reads('PowerPartner', 'Lead').owns('Lead', { 'user:boss': 4 });
      for (const name of names) org.ownerRule('Lead', name, to('role', 'Boss'), to('roleAndSubordinates', 'North'));
      const { findings } = analyse(org.snapshot, { managerRoles: [], partnerRoles: 1 });
      return findings.flatMap(({ fix }) => (fix.kind === 'convert-rule' ? [`${fix.rule} ${fix.twin}`] : [])).sort();
    };
    const names = [`${long}x1`, `${long}y1`, 'One', 'One_Int'];
    const made = twins(names);
    expect(new Set(made.map((one) => one.split(' ')[1])).size).to.equal(names.length);
    expect(twins([...names].reverse())).to.deep.equal(made);
  });
});
