import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { csvLine, delimiters, lineEndings } from '../../../src/practice/bulk/csv.js';
import { BadCsv, ChunkReader, readRows } from '../../../src/practice/bulk/reader.js';

describe('bulk csv', () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-csv-'));
  const file = join(folder, 'data.csv');
  const comma = { delimiter: ',', newline: '\n' };
  after(() => rmSync(folder, { recursive: true }));

  const rowsOf = (text: string, format = comma, piece?: number): string[][] => {
    writeFileSync(file, text);
    return [...readRows(file, format, piece)].flat();
  };

  it('writes quotes around every value and doubles those inside', () => {
    expect(csvLine(['a', null, 'say "x"', 3, true], comma)).to.equal('"a","","say ""x""","3","true"\n');
  });

  it('reads what it wrote, at any piece size, delimiter and line ending', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '|', '\t', 'ü', '€', ' ', 'x') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
    const format = fc.record({
      delimiter: fc.constantFrom(...Object.values(delimiters)),
      newline: fc.constantFrom(...Object.values(lineEndings)),
    });
    fc.assert(
      fc.property(table, format, fc.integer({ min: 1, max: 40 }), (rows, f, piece) => {
        expect(rowsOf(rows.map((row) => csvLine(row, f)).join(''), f, piece)).to.deep.equal(rows);
      })
    );
  });

  it('strips a byte order mark and skips blank lines', () => {
    expect(rowsOf('\uFEFFId,Name\n\na,b\n\n')).to.deep.equal([
      ['Id', 'Name'],
      ['a', 'b'],
    ]);
  });

  it('takes a last line without line ending', () => {
    expect(rowsOf('Id\na')).to.deep.equal([['Id'], ['a']]);
  });

  it('refuses a quote that never closes', () => {
    expect(() => rowsOf('Id,Name\na,"b\nc,d\n')).to.throw(BadCsv, 'Quoted field unterminated');
  });

  it('refuses text behind a closing quote', () => {
    expect(() => rowsOf('Id,Name\na,"b"c\nd,e\n')).to.throw(BadCsv, 'malformed');
  });

  it('gives chunks of the size asked for', () => {
    writeFileSync(file, 'Id\n1\n2\n3\n4\n5\n');
    const reader = new ChunkReader(file, comma, 2);
    expect(reader.header).to.deep.equal(['Id']);
    expect([reader.next(), reader.next(), reader.next(), reader.next()]).to.deep.equal([
      [['1'], ['2']],
      [['3'], ['4']],
      [['5']],
      undefined,
    ]);
    reader.close();
  });

  it('refuses a row with another number of columns than the header', () => {
    writeFileSync(file, 'Id,Name\n1,a\n2,b,c\n');
    const reader = new ChunkReader(file, comma, 10);
    expect(() => reader.next()).to.throw(BadCsv, '3 columns in record 2, expected 2');
    reader.close();
  });

  it('refuses a line ending that was not declared, either way', () => {
    writeFileSync(file, 'Id\r\n1\r\n');
    expect(() => new ChunkReader(file, comma, 2)).to.throw(BadCsv, 'Current LineEnding setting is LF');
    writeFileSync(file, 'Id\n1\n');
    const crlf = { delimiter: ',', newline: '\r\n' };
    expect(() => new ChunkReader(file, crlf, 2)).to.throw(BadCsv, 'Current LineEnding setting is CRLF');
  });
});
