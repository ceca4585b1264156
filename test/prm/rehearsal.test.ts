import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  readRehearsal,
  rehearsalCheck,
  rehearsalOf,
  writeRehearsal,
  type Rehearsal,
  type SettingChange,
} from '../../src/prm/index.js';
import { orgOf } from './support.js';

const CHANGES: SettingChange[] = [{ setting: 'enableEnablePRM', from: 'false', to: 'true' }];
const DAY = 86_400_000;
const NOW = new Date('2026-11-01T12:00:00Z');
const PRODUCTION = orgOf({ id: '00Dxx0000000001EAA', kind: 'production', domain: 'example' });

const rehearsed = (more: Partial<Parameters<typeof rehearsalOf>[0]> = {}): Rehearsal =>
  rehearsalOf({ org: orgOf(), changes: CHANGES, decisions: null, run: 'run-1', now: NOW, ...more });

const verdict = (more: Partial<Parameters<typeof rehearsalCheck>[0]> = {}): string => {
  const found = rehearsalCheck({
    org: PRODUCTION,
    changes: CHANGES,
    decisions: null,
    rehearsal: rehearsed(),
    sandboxes: ['00Dxx0000001gER'],
    now: new Date(NOW.getTime() + DAY),
    ...more,
  });
  return `${found.verdict} ${found.finding.replace('rehearsal.', '')}`;
};

describe('rehearsal of the PRM switch', () => {
  it('is asked of production only', () => {
    expect(verdict()).to.equal('ok rehearsed');
    expect(verdict({ rehearsal: undefined })).to.equal('stop missing');
    expect(verdict({ org: orgOf(), rehearsal: undefined })).to.equal('ok not-needed');
    expect(verdict({ org: orgOf({ kind: 'developer' }), rehearsal: undefined })).to.equal('ok not-needed');
  });

  it('must be of a sandbox that production knows as its own', () => {
    expect(verdict({ sandboxes: ['00Dxx0000009999'] })).to.equal('stop foreign');
    expect(verdict({ sandboxes: [] })).to.equal('stop foreign');
    expect(verdict({ sandboxes: undefined })).to.equal('stop sandboxes-unknown');
    expect(verdict({ rehearsal: rehearsed({ org: PRODUCTION }) })).to.equal('stop same-org');
  });

  it('ends after thirty days', () => {
    expect(verdict({ now: new Date(NOW.getTime() + 30 * DAY - 1000) })).to.equal('ok rehearsed');
    expect(verdict({ now: new Date(NOW.getTime() + 30 * DAY + 1000) })).to.equal('stop expired');
  });

  it('must be of the same change and the same decisions', () => {
    const more: SettingChange[] = [{ setting: 'enableNetworksEnabled', from: 'false', to: 'true' }, ...CHANGES];
    expect(verdict({ changes: more })).to.equal('stop other-change');
    expect(verdict({ decisions: 'abc' })).to.equal('stop other-decisions');
    expect(verdict({ decisions: 'abc', rehearsal: rehearsed({ decisions: 'abc' }) })).to.equal('ok rehearsed');
  });

  it('is weak evidence from a Developer Edition org, and says so', () => {
    const developer = rehearsed({ org: orgOf({ id: '00Dxx0000007777EAA', kind: 'developer' }) });
    expect(developer.evidence).to.equal('weak');
    expect(verdict({ rehearsal: developer, sandboxes: undefined })).to.equal('look weak');
  });

  it('can be left out for a reason that is told', () => {
    const found = rehearsalCheck({
      org: PRODUCTION,
      changes: CHANGES,
      decisions: null,
      without: 'no sandbox',
      now: NOW,
    });
    expect([found.verdict, ...found.values]).to.deep.equal(['look', 'no sandbox']);
  });

  it('is kept as a file in which an edit shows', async () => {
    const file = join(await mkdtemp(join(process.env.HOME!, 'rehearsal-')), 'receipt.json');
    await writeRehearsal(file, rehearsed());
    expect(await readRehearsal(file)).to.deep.equal(rehearsed());
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('2026-12-01', '2036-12-01'));
    await failsWith(readRehearsal(file), 'edited');
    await writeFile(file, '{"format": 2}');
    await failsWith(readRehearsal(file), 'unreadable');
  });
});

async function failsWith(promise: Promise<unknown>, key: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason as { key?: string }
  );
  expect(error?.key).to.equal(key);
}
