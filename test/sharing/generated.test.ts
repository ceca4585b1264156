/** The review of random orgs against their computed access: role trees, nested groups, all kinds of rules and targets. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { OpenOrg } from '../../src/practice/org.js';
import { insertRecord, type Author } from '../../src/practice/rules/records.js';
import { Random } from '../../src/practice/scenario/random.js';
import { reviewSharing } from '../../src/sharing/review.js';
import { connect, explained, opensRecords, readableOutside } from '../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { addDeals, generate, GENERATED } from '../practice/sharing/generate.js';

/** Gives a generated org an administrator, and its groups names by which metadata can speak of them. */
function complete(org: OpenOrg, adminId: string): void {
  const author: Author = { tools: org.tools, userId: adminId, now: '2026-01-01T00:00:00.000+0000' };
  org.store.transaction(() => {
    org.store
      .sql('UPDATE "Group" SET "DeveloperName" = \'G\' || substr("Id", 8, 8) WHERE "DeveloperName" IS NULL')
      .run();
    org.store.sql('UPDATE "Group" SET "Name" = "DeveloperName" WHERE "Type" IN (\'Regular\', \'Queue\')').run();
    org.store.sql('UPDATE "User" SET "CommunityNickname" = "Username"').run();
    // Only public groups and queues can leave those above their members out.
    org.store.sql('UPDATE "Group" SET "DoesIncludeBosses" = 1 WHERE "Type" NOT IN (\'Regular\', \'Queue\')').run();
    // Guests own nothing: the platform gives what they make to a person of the company.
    for (const object of GENERATED) {
      const guests = '(SELECT "Id" FROM "User" WHERE "UserType" = \'Guest\')';
      org.store.sql(`UPDATE "${object}" SET "OwnerId" = ? WHERE "OwnerId" IN ${guests}`).run(adminId);
    }
    // Nobody shares a record with its owner.
    for (const object of ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity']) {
      const owner = `(SELECT "OwnerId" FROM "${object}" r WHERE r."Id" = "${object}Share"."${object}Id")`;
      org.store.sql(`DELETE FROM "${object}Share" WHERE "UserOrGroupId" = ${owner}`).run();
    }
    for (const { Id } of org.store.sql('SELECT "Id" FROM "Group" WHERE "Type" = \'Queue\'').all()) {
      for (const SobjectType of ['Case', 'Lead', 'Deal__c']) {
        insertRecord(author, 'QueueSobject', { QueueId: String(Id), SobjectType });
      }
    }
    const { Id: ProfileId } = org.store
      .sql('SELECT "Id" FROM "Profile" WHERE "Name" = \'System Administrator\'')
      .get()!;
    const set = { Name: 'Admin', Label: 'Admin', ProfileId: String(ProfileId), IsOwnedByProfile: true };
    const may = {
      PermissionsModifyAllData: true,
      PermissionsViewSetup: true,
      PermissionsApiEnabled: true,
      PermissionsManageUsers: true,
    };
    insertRecord(author, 'PermissionSet', { ...set, ...may });
    const name = { Username: 'admin@practice.example.com', Name: 'Admin', LastName: 'Admin', Email: 'a@example.com' };
    insertRecord(author, 'User', {
      Id: adminId,
      ...name,
      ProfileId: String(ProfileId),
      IsActive: true,
      UserType: 'Standard',
    });
  });
}

if (typeof describe !== 'undefined')
  describe('sharing review: ground truth of generated orgs', function () {
    this.timeout(240_000);
    let org: TestOrg;
    let adminId: string;

    before(async () => {
      org = await startTestOrg({ scenario: 'empty' });
      adminId = org.org.access.session(org.token).user.Id;
      addDeals(org.org);
      org.org.preferences.set('Communities.enableNetworksEnabled', true);
      org.org.preferences.set('Communities.enableEnablePRM', true);
    });
    after(() => org.close());

    it('explains every access, and claims none that is not there', async () => {
      const { conn, identity } = await connect(org.username);
      const sum = { findings: 0, pairs: 0 };
      await fc.assert(
        // The seed makes the org; there is nothing to shrink.
        fc.asyncProperty(fc.noShrink(fc.integer({ min: 1 })), async (seed) => {
          const random = new Random(seed);
          generate(org.org, (end) => random.below(end));
          complete(org.org, adminId);
          const found = await reviewSharing(conn, identity, { partnerRoles: 1, counts: true });
          const readable = readableOutside(org.org, GENERATED);
          const pairs = explained(found, GENERATED);
          const missed = [...readable]
            .filter(([pair]) => !pairs.has(pair))
            .map(([pair, ids]) => `${pair}: ${ids.join(' ')}`);
          expect(missed, `not explained (seed ${seed})`).to.deep.equal([]);
          // A share with a group, and the contacts of an account, may be of what the only reader owns himself.
          const withOwn = readableOutside(org.org, GENERATED, true);
          for (const finding of found.findings.filter((one) => opensRecords(one) && GENERATED.includes(one.object))) {
            const reads = ['manual', 'implicit'].includes(finding.kind) ? withOwn : readable;
            const reader = found
              .reached(finding.key)
              .find((user) => finding.objects.some((object) => reads.has(`${object} ${user}`)));
            expect(reader, `nobody reads by ${finding.key} (seed ${seed})`).to.be.a('string');
          }
          sum.findings += found.findings.length;
          sum.pairs += readable.size;
        }),
        // The same orgs each time; CHANNEL_TEST_SEED makes others.
        { numRuns: 25, seed: Number(process.env.CHANNEL_TEST_SEED ?? 20_240_208) }
      );
      expect(sum.findings, 'findings').to.be.above(100);
      expect(sum.pairs, 'pairs').to.be.above(100);
    });
  });
