import { expect } from 'chai';
import fc from 'fast-check';
import { contains } from '../../src/runs/deploy/read-back.js';
import { deploymentOf, metadataXml, zipOf, type Deployment } from '../../src/runs/deploy/package.js';
import { parseMetadata, type MetadataBody } from '../../src/org/read/index.js';

const rules = (...names: string[]): MetadataBody => ({
  sharingOwnerRules: names.map((fullName) => ({
    fullName,
    accessLevel: 'Read',
    label: fullName,
    sharedTo: { roleAndSubordinatesInternal: 'CEO' },
    sharedFrom: { role: 'CEO' },
  })),
});

const deployment: Deployment = {
  files: [{ path: 'sharingRules/Lead.sharingRules', root: 'SharingRules', body: rules('A', 'B') }],
  members: { SharingOwnerRule: ['Lead.A', 'Lead.B'] },
  deleteAfter: { SharingOwnerRule: ['Lead.Old'] },
};

describe('deployments', () => {
  it('come out of their zip as they went in', () => {
    expect(deploymentOf(zipOf(deployment, '66.0'))).to.deep.equal({ ...deployment, deleteBefore: undefined });
  });

  it('have the same zip for the same content, whenever it is made', () => {
    expect(zipOf(deployment, '66.0')).to.deep.equal(zipOf(structuredClone(deployment), '66.0'));
  });

  it('carry any text through XML unchanged', () => {
    // Control characters have no place in XML 1.0; the parser trims the ends of a text.
    const text = fc
      .string({ unit: 'grapheme' })
      .map((value) => value.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '').trim());
    fc.assert(
      fc.property(text, text, (label, name) => {
        const { root, body } = parseMetadata(
          metadataXml('Queue', { fullName: name, name: label, list: [{ a: label }, { a: name }] })
        );
        expect(root).to.equal('Queue');
        expect(body).to.deep.equal({ fullName: name, name: label, list: [{ a: label }, { a: name }] });
      })
    );
  });

  it('read references by name and by number alike', () => {
    const { body } = parseMetadata('<Queue><name>O&#39;Neil &amp; S&#xf8;n &lt;1&gt; &amp;#39;</name></Queue>');
    expect(body).to.deep.equal({ name: "O'Neil & Søn <1> &#39;" });
  });
});

describe('reading a deploy back', () => {
  it('finds what was deployed among what the org has besides', () => {
    expect(contains(rules('X', 'A', 'B'), rules('A', 'B'))).to.equal(true);
    expect(contains({ ...rules('A'), description: 'more' }, rules('A'))).to.equal(true);
    expect(contains(rules('A'), rules('A', 'B'))).to.equal(false);
    expect(contains(undefined, rules('A'))).to.equal(false);
  });

  it('sees a single value that differs', () => {
    const other = structuredClone(rules('A'));
    (other.sharingOwnerRules as MetadataBody[])[0]!.accessLevel = 'Edit';
    expect(contains(other, rules('A'))).to.equal(false);
  });

  it('wants lists without names to be complete', () => {
    const shares = (...to: string[]): MetadataBody => ({ folderShares: to.map((sharedTo) => ({ sharedTo })) });
    expect(contains(shares('A', 'B'), shares('B', 'A'))).to.equal(true);
    expect(contains(shares('A', 'B', 'C'), shares('A', 'B'))).to.equal(false);
  });

  it('takes an empty element for an absent one', () => {
    expect(contains({}, { sharedTo: '' })).to.equal(true);
    expect(contains({ sharedTo: { allInternalUsers: '' } }, { sharedTo: { allInternalUsers: {} } })).to.equal(true);
  });
});
