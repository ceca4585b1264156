/** The review against the practice org's own computed access: nothing is missed, and nothing is claimed that is not so. */
import { expect } from 'chai';
import { reviewSharing, type Review, type ReviewRequest } from '../../src/sharing/review.js';
import { connect, explained, OBJECTS, opensRecords, readableOutside } from '../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

const REQUEST: ReviewRequest = { partnerRoles: 1, counts: true };

const review = async (org: TestOrg, request: Partial<ReviewRequest> = {}): Promise<Review> => {
  const { conn, identity } = await connect(org.username);
  return reviewSharing(conn, identity, { ...REQUEST, ...request });
};

describe('sharing review: ground truth of the example company', function () {
  this.timeout(120_000);
  let org: TestOrg;
  let found: Review;

  before(async () => {
    org = await startTestOrg({ leads: 300 });
    found = await review(org);
  });
  after(() => org.close());

  it('explains every person from outside who reads records of others, and nobody else', () => {
    const readable = [...readableOutside(org.org).keys()];
    expect(readable).to.have.length.above(200);
    expect([...explained(found).keys()]).to.have.members(readable);
  });

  it('has no finding that reaches nobody who really reads, or claims more records than he reads', () => {
    const readable = readableOutside(org.org);
    for (const finding of found.findings.filter((one) => opensRecords(one) && OBJECTS.includes(one.object))) {
      const most = Math.max(
        ...found.reached(finding.key).map((user) => readable.get(`${finding.object} ${user}`)?.length ?? 0)
      );
      expect(most, finding.key).to.be.at.least(1);
      if (finding.kind === 'rule') expect(most, finding.key).to.be.at.least(finding.records);
    }
  });

  it('reads everything it needs as an administrator', () => {
    expect(found.notes).to.deep.equal([]);
  });
});
