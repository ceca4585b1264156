import type { PrmSnapshot } from '../../src/prm/index.js';
import type { OrgIdentity } from '../../src/org/read/index.js';

/** A sandbox of today; with what a test wants otherwise. */
export const orgOf = (more: Partial<OrgIdentity> = {}): OrgIdentity => ({
  id: '00Dxx0000001gERAAY',
  name: 'Example Lighting Group',
  kind: 'sandbox',
  domain: 'example--dev',
  edition: 'Enterprise Edition',
  instance: 'CS1',
  instanceUrl: 'https://example--dev.sandbox.my.salesforce.com',
  username: 'admin@example.com',
  createdDate: '2025-01-01T00:00:00.000+0000',
  ...more,
});

/** An org in which nothing is in the way of the switch. */
export const snapshotOf = (more: Partial<PrmSnapshot> = {}): PrmSnapshot => ({
  org: orgOf(),
  settings: { body: { enableNetworksEnabled: 'true', enableEnablePRM: 'false' } },
  digitalExperiences: true,
  enabled: false,
  partnerFields: { known: true, value: false },
  licences: { known: true, value: { used: 0, total: 10 } },
  openDefaults: { known: true, value: [] },
  exposures: { known: true, value: { open: 0, undecided: 0 } },
  validation: { known: true, value: { accepted: true } },
  ...more,
});
