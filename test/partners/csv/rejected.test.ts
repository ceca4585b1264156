import { expect } from 'chai';
import fc from 'fast-check';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { protect, unprotect } from '../../../src/org/read/index.js';
import {
  readPartnerCsv,
  rejectedCsv,
  writeRejected,
  type BadRow,
  type PartnerCsv,
} from '../../../src/partners/csv/index.js';
import { COLUMNS, fileOf, newFolder, read } from './support.js';

const rejectAll = ({ rows, bad }: PartnerCsv): BadRow[] => [
  ...rows.map(({ line, cells }) => ({ line, cells, reason: 'No such manager.' })),
  ...bad,
];

/** Pieces that have a meaning in CSV files and spreadsheets, and letters of all kinds. */
const anyCell = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', "'", ',', ';', '\t', '|', '\n', '\r', '\r\n', '=', '+', '-', '@', '＝', ' ', '\u00a0'),
      fc.constantFrom('=1+1', "'=x", '+420 555', 'sep=;', 'Žluť', '田中', '\uFEFF', '👩🏽‍💻', 'Reason', '#', '\\'),
      fc.string({ unit: 'grapheme', maxLength: 4 })
    ),
    { maxLength: 6 }
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

const anyTable = fc.integer({ min: 1, max: 4 }).chain((extra) =>
  fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    headers: fc.constant<string[]>(['Name', 'City', ...Array.from({ length: extra }, (_, index) => `Field ${index}`)]),
    rows: fc.array(fc.tuple(fc.array(anyCell, { minLength: 2 + extra, maxLength: 2 + extra }), anyCell, anyCell), {
      minLength: 1,
      maxLength: 5,
    }),
  })
);

describe('partners: rejected.csv', () => {
  it('gives back the rows it was given, whatever is in them', async () => {
    const file = join(await newFolder(), 'rejected.csv');
    await fc.assert(
      fc.asyncProperty(anyTable, async ({ delimiter, headers, rows }) => {
        const rejected = rows.map(([cells, reason], index) => ({ line: index + 2, cells, reason }));
        // Lines without any text are no rows.
        const kept = rejected.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
        fc.pre(kept.length > 0);
        await writeRejected(file, { headers, delimiter }, rejected);
        const again = await readPartnerCsv(file, COLUMNS);
        const found = [...again.rows, ...again.bad].sort((a, b) => a.line - b.line);
        expect(found.map(({ cells }) => cells)).to.deep.equal(kept.map(({ cells }) => cells));
        expect([again.delimiter, again.headers]).to.deep.equal([delimiter, headers]);
      }),
      { numRuns: 300 }
    );
  }).timeout(20_000);

  it('has no cell that a spreadsheet would run, and loses none of its apostrophes', () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        expect(protect(cell)).not.to.match(/^\s*[=+\-@＝＋－＠]|^[\t\r]/);
        expect(unprotect(protect(cell))).to.equal(cell);
      })
    );
    expect(protect('=HYPERLINK("http://x.example")')).to.equal('\'=HYPERLINK("http://x.example")');
    expect([unprotect("'t Voorbeeld"), unprotect('+420 555 000'), unprotect("'+420")]).to.deep.equal([
      "'t Voorbeeld",
      '+420 555 000',
      '+420',
    ]);
  });

  it('has the columns in their order, the reason last, and a mark for Excel', async () => {
    const csv = await read('City;Name;Tier__c\nBrno;"Acme; Test";=1\n');
    const text = rejectedCsv(csv, rejectAll(csv));
    expect(text).to.equal(`\uFEFFCity;Name;Tier__c;Reason\r\nBrno;"Acme; Test";'=1;No such manager.\r\n`);
  });

  it('replaces the reason of an earlier run, and does not take it for a field', async () => {
    const csv = await read('Name,City,Reason\nA Test,Brno,Old reason\nB Test,Brno\n,,only a reason\n');
    expect([csv.headers, csv.unknown]).to.deep.equal([['Name', 'City'], []]);
    expect(csv.notes.join(' '), 'it may be one of their own').to.contain('The last column "Reason" is left out');
    expect(csv.rows.map(({ cells }) => cells)).to.deep.equal([
      ['A Test', 'Brno'],
      ['B Test', 'Brno'],
    ]);
    expect(rejectedCsv(csv, rejectAll(csv)).split('\r\n').slice(0, 2)).to.deep.equal([
      '\uFEFFName,City,Reason',
      'A Test,Brno,No such manager.',
    ]);
  });

  it('keeps a column Reason of the file itself', async () => {
    const csv = await read('Reason,Name\ngood,A Test\n');
    expect(csv.unknown).to.deep.equal(['Reason']);
    const again = await read(rejectedCsv(csv, rejectAll(csv)));
    expect(again.headers).to.deep.equal(['Reason', 'Name']);
    expect(again.rows[0]!.extra).to.deep.equal({ Reason: 'good' });
  });

  it('leaves a column Reason to a command that knows it', async () => {
    const columns = [...COLUMNS, { key: 'why', names: ['Reason'] }];
    const csv = await read('Name,Reason\nA Test,good\n', columns);
    expect(csv.rows[0]!.value('why')).to.equal('good');
    const again = await read(rejectedCsv(csv, rejectAll(csv)), columns);
    expect([again.headers, again.rows[0]!.value('why')]).to.deep.equal([['Name', 'Reason'], 'good']);
  });

  it('keeps the reason in its column behind a line with too many cells', async () => {
    const csv = await read('Name,City\nA Test,Brno,CZ,x\n');
    const text = rejectedCsv(csv, csv.bad);
    expect(text).to.contain('\r\nA Test,Brno,"This line has 4 cells');
    const again = await read(text);
    expect(again.bad).to.deep.equal(csv.bad);
  });

  it('can be mended and run again', async () => {
    const first = await read('Name,City\n,Brno\n=cmd|x,Brno\n');
    const text = rejectedCsv(first, rejectAll(first)).replace('\r\n,Brno', '\r\nMended Test,Brno');
    const again = await read(text);
    expect(again.bad).to.deep.equal([]);
    expect(again.rows.map(({ value }) => value('name'))).to.have.members(['Mended Test', '=cmd|x']);
  });

  it('replaces the file in one piece, for its owner alone', async () => {
    const file = await fileOf('Name\nA Test\n');
    const csv = await readPartnerCsv(file, COLUMNS);
    await writeRejected(file, csv, rejectAll(csv));
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readFile(file, 'utf8')).to.contain('A Test,No such manager.');
    expect(await readdir(dirname(file))).to.deep.equal(['partners.csv']);
    const folder = join(dirname(file), 'folder');
    await mkdir(folder);
    const onFolder = await writeRejected(folder, csv, []).then(undefined, (reason: unknown) => reason);
    expect(onFolder).to.have.property('syscall', 'rename');
    expect(await readdir(dirname(file)), 'nothing half written').to.have.members(['partners.csv', 'folder']);
    await writeFile(join(dirname(file), 'plain'), '');
    const nowhere = join(dirname(file), 'plain', 'rejected.csv');
    const error = await writeRejected(nowhere, csv, []).then(undefined, (reason: unknown) => reason);
    expect(error).to.have.property('code', 'ENOTDIR');
  });
});
