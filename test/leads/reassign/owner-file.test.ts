/** The file of a reassignment: which rows count, and why others do not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readOwnerFile } from '../../../src/leads/reassign/owner-file.js';

const [A, B] = ['00Q000000000001EAA', '00Q000000000002EAA'];

describe('file of a reassignment', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'channel-desk-owner-file-'))));
  after(() => rm(folder, { recursive: true }));

  const read = async (...lines: string[]): Promise<{ rows: unknown[]; rejected: unknown[] }> => {
    const file = join(folder, 'leads.csv');
    await writeFile(file, lines.join('\n'));
    const { rows, rejected } = await readOwnerFile(file);
    return {
      rows: rows.map(({ line, id, owner }) => [line, id, owner]),
      rejected: rejected.map(({ line, reason }) => [line, reason]),
    };
  };

  const CASES: Array<[name: string, lines: string[], rows: unknown[], rejected: unknown[]]> = [
    ['ids of 15 characters, columns in any case', ['LEAD ID,owner', `${A.slice(0, 15)},Ada`], [[2, A, 'Ada']], []],
    [
      'rows without an owner',
      ['Id,Owner', `${A},`, `${B}, Ada `],
      [
        [2, A, undefined],
        [3, B, 'Ada'],
      ],
      [],
    ],
    ['the owner of today is no new owner', ['Id,OwnerId', `${A},005000000000001AAA`], [[2, A, undefined]], []],
    [
      'a mere list of ids',
      [B, A.slice(0, 15)],
      [
        [undefined, A, undefined],
        [undefined, B, undefined],
      ],
      [],
    ],
    ['ids of something else', ['Id', '003000000000001AAA'], [], [[2, '"003000000000001AAA" is not the id of a lead.']]],
    [
      'ids whose case was lost',
      ['Id', '00q000000000001eaa'],
      [],
      [[2, '"00q000000000001eaa" is not the id of a lead.']],
    ],
    [
      'a lead twice for the same owner',
      ['Id,Owner', `${A},Ada`, `${A.slice(0, 15)},ADA`],
      [[2, A, 'Ada']],
      [[3, 'This lead stands on line 2 already.']],
    ],
    [
      'a lead twice for different owners',
      ['Id,Owner', `${A},Ada`, `${B},Ada`, `${A},`],
      [[3, B, 'Ada']],
      [
        [2, 'Lines 2, 4 want different owners for this lead.'],
        [4, 'Lines 2, 4 want different owners for this lead.'],
      ],
    ],
  ];
  for (const [name, lines, rows, rejected] of CASES) {
    it(name, async () => {
      expect(await read(...lines)).to.deep.equal({ rows, rejected });
    });
  }
});
