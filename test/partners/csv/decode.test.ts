import { expect } from 'chai';
import { read, refusal } from './support.js';

const TEXT = 'Name;City\r\nStrojírny Příklad s.r.o.;Žďár\r\n';
/** The same in Windows-1250, byte by byte. */
const CZECH = Buffer.from(
  TEXT.replaceAll('í', '\u00ed')
    .replaceAll('ř', '\u00f8')
    .replaceAll('Ž', '\u008e')
    .replaceAll('ď', '\u00ef')
    .replaceAll('á', '\u00e1'),
  'latin1'
);
const utf16be = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

describe('partners: encodings of CSV files', () => {
  const files: Array<[string, Buffer, string]> = [
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', utf16be(TEXT), 'utf-16be'],
    ['Windows-1250', CZECH, 'windows-1250'],
  ];
  for (const [name, bytes, encoding] of files) {
    it(`reads ${name}`, async () => {
      const csv = await read(bytes);
      expect(csv.encoding).to.equal(encoding);
      expect(csv.headers).to.deep.equal(['Name', 'City']);
      expect(csv.rows[0]!.cells).to.deep.equal(['Strojírny Příklad s.r.o.', 'Žďár']);
      expect(csv.notes.join()).to.equal(
        encoding === 'windows-1250' ? 'The file is not UTF-8; it was read as Windows-1250.' : ''
      );
    });
  }

  it('takes the encoding it is told, under any of its names', async () => {
    const bytes = Buffer.from('Name\nMuster & S\u00f8nner\n', 'latin1');
    const csv = await read(bytes, undefined, { encoding: 'cp1252' });
    expect([csv.encoding, csv.rows[0]!.value('name')]).to.deep.equal(['windows-1252', 'Muster & Sønner']);
    const japanese = Buffer.from([...Buffer.from('Name\n'), 0x93, 0x63, 0x92, 0x86]);
    expect((await read(japanese, undefined, { encoding: 'shift_jis' })).rows[0]!.value('name')).to.equal('田中');
    expect((await read(Buffer.from(TEXT, 'utf16le'), undefined, { encoding: 'utf-16le' })).rows).to.have.length(1);
  });

  it('believes a byte order mark more than what it is told', async () => {
    const csv = await read(Buffer.from(`\uFEFF${TEXT}`), undefined, { encoding: 'windows-1250' });
    expect([csv.encoding, csv.rows[0]!.value('city')]).to.deep.equal(['utf-8', 'Žďár']);
  });

  it('refuses an encoding nobody knows', async () => {
    expect(await refusal(TEXT, { encoding: 'ebcdic' })).to.deep.include({
      key: 'csvUnknownEncoding',
      details: ['ebcdic'],
    });
  });

  it('refuses UTF-8 that is damaged instead of garbling all its names', async () => {
    const damaged = Buffer.concat([Buffer.from(TEXT), Buffer.from([0xe1, 0x0a])]);
    expect(await refusal(damaged)).to.deep.equal({ key: 'csvBadEncoding', line: 3, details: ['utf-8'] });
    const marked = Buffer.concat([Buffer.from('\uFEFFName\n'), Buffer.from([0xe1, 0x0a])]);
    expect(await refusal(marked)).to.deep.include({ key: 'csvBadEncoding', line: 2 });
  });

  it('knows workbooks and other files that are no text', async () => {
    expect((await refusal(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))).key).to.equal('csvSpreadsheet');
    expect((await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).key).to.equal('csvSpreadsheet');
    expect((await refusal('Name\nA\0B\n')).key).to.equal('csvBinary');
    expect((await refusal(Buffer.from(TEXT.replace(/[^ -~]/g, 'x'), 'utf16le'))).key).to.equal('csvBinary');
  });
});
