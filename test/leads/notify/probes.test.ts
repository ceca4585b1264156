/** What is known of mails by SOAP: the newest answer for a kind of users counts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isProven, ProbeStore, type Probe } from '../../../src/leads/notify/probes.js';

const probe = (kind: Probe['kind'], received: boolean | null): Probe => ({
  ...{ run: 'r', at: '2026-01-01T00:00:00.000Z', lead: '00Q000000000001AAA', kind, received, saidAt: null },
  to: { id: '005000000000001AAA', name: 'Ada' },
});

describe('probes of owner mails', () => {
  const CASES: Array<[probes: Array<[Probe['kind'], boolean | null]>, partner: boolean, internal: boolean]> = [
    [[], false, false],
    [[['partner', null]], false, false],
    [[['partner', true]], true, false],
    [
      [
        ['internal', true],
        ['partner', false],
      ],
      false,
      true,
    ],
    [
      [
        ['partner', true],
        ['partner', false],
      ],
      false,
      false,
    ],
    [
      [
        ['partner', false],
        ['partner', true],
        ['partner', null],
      ],
      true,
      false,
    ],
  ];
  for (const [list, partner, internal] of CASES) {
    it(`${list.map(([kind, received]) => `${kind} ${received}`).join(', ') || 'none'}`, () => {
      const probes = list.map(([kind, received]) => probe(kind, received));
      expect([isProven(probes, 'partner'), isProven(probes, 'internal')]).to.deep.equal([partner, internal]);
    });
  }

  it('are kept by org, and the answer goes to the newest', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'channel-desk-probes-'));
    try {
      const [one, other] = ['00D000000000001AAA', '00D000000000002AAA'].map((org) => new ProbeStore(folder, org));
      expect(await one!.answer(true)).to.equal(undefined);
      await one!.add(probe('internal', null));
      await one!.add(probe('partner', null));
      expect((await one!.answer(true))!.kind).to.equal('partner');
      expect((await one!.list()).map(({ received }) => received)).to.deep.equal([null, true]);
      expect(await other!.list()).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
