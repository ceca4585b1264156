import { expect } from 'chai';
import { PlatformError } from '../../../src/practice/errors.js';
import { TestOrg } from '../save/support.js';

describe('limits (platform-facts H)', () => {
  let test: TestOrg;
  beforeEach(() => (test = new TestOrg()));
  afterEach(() => test.end());

  it('has the daily maxima, with calls by licence', () => {
    const all = test.org.limits.all();
    expect(all.DailyBulkApiBatches).to.deep.equal({ Max: 15_000, Remaining: 15_000 });
    expect(all.DailyBulkV2QueryJobs!.Max).to.equal(10_000);
    // 100,000 and 40 x 1,000 Salesforce, 60 x 200 Partner Community, 20 x 10 logins.
    expect(all.DailyApiRequests!.Max).to.equal(152_200);
  });

  it('counts requests, keeps the count over a restart, and starts anew each day', () => {
    for (let i = 0; i < 3; i++) test.org.limits.countRequest();
    test.org.limits.use('SingleEmail', 7);
    test.reopen();
    expect(test.org.limits.usage()).to.equal('api-usage=3/152200');
    expect(test.org.limits.remaining('SingleEmail')).to.equal(4993);
    test.clock.move(24 * 3_600_000);
    expect(test.org.limits.usage()).to.equal('api-usage=0/152200');
  });

  it('refuses calls beyond the maximum', () => {
    test.org.limits.setMax('DailyApiRequests', 1);
    test.org.limits.countRequest();
    expect(() => test.org.limits.countRequest())
      .to.throw(PlatformError, 'TotalRequests Limit exceeded.')
      .with.property('errorCode', 'REQUEST_LIMIT_EXCEEDED');
    expect(() => test.org.limits.use('Nothing', 1)).to.throw(PlatformError);
  });
});
