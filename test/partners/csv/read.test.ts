import { expect } from 'chai';
import { PartnerCsvError, readPartnerCsv } from '../../../src/partners/csv/index.js';
import { COLUMNS, fileOf, newFolder, read, refusal, said } from './support.js';

describe('partners: CSV files as people have them', () => {
  it('finds the delimiter in the header, outside quotation marks', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const header = ['Name', '"Notes, old; and\tnew|"', 'City'].join(delimiter);
      const csv = await read(`${header}\nAcme Test${delimiter}x${delimiter}Brno\n`);
      expect(csv.delimiter).to.equal(delimiter);
      expect(said(csv)).to.deep.equal([[2, 'Acme Test', undefined, 'Brno']]);
    }
  });

  it('takes the delimiter of known names, not the more frequent character', async () => {
    const csv = await read('Name;City;Size (a,b,c,d,e)\nAcme Test;Brno;1\n');
    expect([csv.delimiter, csv.unknown]).to.deep.equal([';', ['Size (a,b,c,d,e)']]);
  });

  it('does what a sep= line says, and counts it', async () => {
    const csv = await read('\uFEFFsep=;\r\nName;City\r\nAcme Test;Brno\r\n');
    expect([csv.delimiter, said(csv)]).to.deep.equal([';', [[3, 'Acme Test', undefined, 'Brno']]]);
    expect((await read('"sep=|"\rName|City\rA Test|Brno')).delimiter).to.equal('|');
  });

  it('reads a single column, with every end of line, without one at the end', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(said(await read(['Name', 'One Test', 'Two Test'].join(end)))).to.deep.equal([
        [2, 'One Test', undefined, undefined],
        [3, 'Two Test', undefined, undefined],
      ]);
    }
  });

  it('tells the line of each record: mixed ends, quoted line breaks, empty lines', async () => {
    const csv = await read('\n;;\nName;City\r\n"A\r\nB\nC\rD";Brno\r\n\r\n;\r ; \nE;"Plzeň\n"\nF;\n');
    expect(said(csv)).to.deep.equal([
      [4, 'A\r\nB\nC\rD', undefined, 'Brno'],
      [11, 'E', undefined, 'Plzeň'],
      [13, 'F', undefined, undefined],
    ]);
  });

  it('trims blanks, no-break and full-width ones too, also around quotation marks', async () => {
    const csv = await read('Name ,\u00a0City\n \u00a0Acme Test\u3000, "\u00a0Brno " \n');
    expect(said(csv)).to.deep.equal([[2, 'Acme Test', undefined, 'Brno']]);
    expect(csv.rows[0]!.cells[1]).to.equal('\u00a0Brno ');
  });

  it('knows a column by any of its names, whatever their punctuation', async () => {
    for (const header of ['Account Name', 'account_name', 'AccountName', 'ACCOUNT-NAME *', 'Ｎａｍｅ', 'firma:'])
      expect((await read(`City,${header}\nBrno,Acme Test\n`)).rows[0]!.value('name'), header).to.equal('Acme Test');
  });

  it('keeps columns nobody knows, by their header', async () => {
    const csv = await read('Name,Tier__c,__proto__,City\nAcme Test, Gold ,x,\n');
    expect(csv.unknown).to.deep.equal(['Tier__c', '__proto__']);
    expect(Object.entries(csv.rows[0]!.extra)).to.deep.equal([
      ['Tier__c', 'Gold'],
      ['__proto__', 'x'],
    ]);
    expect([...csv.present]).to.deep.equal(['name', 'city']);
  });

  it('leaves out columns without a name, and says so', async () => {
    const csv = await read('Name,,City,,\nAcme Test,note,Brno,,\n');
    expect(said(csv)).to.deep.equal([[2, 'Acme Test', undefined, 'Brno']]);
    expect(csv.notes).to.deep.equal(['Left out because the header does not name them: columns 2, 4, 5.']);
  });
});

describe('partners: bad rows of a CSV file', () => {
  it('accepts cells left off or empty at the end, but not cells too many', async () => {
    const csv = await read('Name,Owner,City\nShort Test\nLong Test,,Brno,,\nWide Test,,Brno,CZ\n');
    expect(said(csv)).to.deep.equal([
      [2, 'Short Test', undefined, undefined],
      [3, 'Long Test', undefined, 'Brno'],
    ]);
    expect(csv.rows.map(({ cells }) => cells.length)).to.deep.equal([3, 3]);
    expect(csv.bad).to.deep.equal([
      {
        line: 4,
        cells: ['Wide Test', '', 'Brno', 'CZ'],
        reason:
          'This line has 4 cells, the header 3. A cell that contains the delimiter needs quotation marks around it.',
      },
    ]);
  });

  it('wants required columns filled, also where the line ends before them', async () => {
    const csv = await read('City,Account name\nBrno,\nPlzeň\n');
    expect(csv.rows).to.deep.equal([]);
    expect(csv.bad.map(({ line, reason }) => [line, reason])).to.deep.equal([
      [2, '"Account name" is empty.'],
      [3, '"Account name" is empty.'],
    ]);
  });

  it('takes a column named twice where its cells agree or one is empty', async () => {
    const csv = await read(
      'Name,Account Name,Note,note\nA Test,A Test,,n\nB Test,,n,n\n,C Test,n,\nD Test,E Test,n,n\nF Test,,n,m\n'
    );
    expect(csv.rows.map(({ value, extra }) => [value('name'), extra])).to.deep.equal([
      ['A Test', { Note: 'n' }],
      ['B Test', { Note: 'n' }],
      ['C Test', { Note: 'n' }],
    ]);
    expect(csv.bad.map(({ line, reason }) => [line, reason])).to.deep.equal([
      [5, 'Columns "Name" (1) and "Account Name" (2) disagree: "D Test" and "E Test".'],
      [6, 'Columns "Note" (3) and "note" (4) disagree: "n" and "m".'],
    ]);
    expect(csv.notes[0]).to.match(/^Columns "Name" \(1\) and "Account Name" \(2\) mean the same;/);
  });

  it('leaves out the header where it stands again, under other names too', async () => {
    const csv = await read('Name,City\nA Test,Brno\nname, CITY\nB Test,Brno\nFirma,Billing City,\nC Test,Brno\n');
    expect(said(csv).map(([line]) => line)).to.deep.equal([2, 4, 6]);
    expect(csv.notes).to.deep.equal(['The header stands again on line 3, 5; left out.']);
  });

  it('refuses another header further down', async () => {
    const other = { key: 'csvHeaderChanges', line: 3 };
    expect(await refusal('Name,City\nA Test,Brno\nCity,Name\nBrno,B Test\n')).to.deep.include(other);
    expect(await refusal('Name,City\nA Test,Brno\nName,Owner,City\nB Test,x,Brno\n')).to.deep.include(other);
    expect((await read('Name,City\nName,Brno\n')).rows, 'a company called Name').to.have.length(1);
    expect((await read('Name,City\nName\n')).rows, 'the same without a city').to.have.length(1);
    expect((await read('Name,City,A,B\nCity,Name,1,2\n')).rows, 'two words among data').to.have.length(1);
  });
});

describe('partners: CSV files that cannot be used', () => {
  it('says which file is missing, a folder, empty, or has only a header', async () => {
    const folder = await newFolder();
    for (const [path, key] of [
      [`${folder}/none.csv`, 'csvMissing'],
      [folder, 'csvFolder'],
    ] as const) {
      const error = await readPartnerCsv(path, COLUMNS).then(undefined, (reason: unknown) => reason);
      expect(error).to.be.instanceOf(PartnerCsvError).and.to.include({ key, file: path });
    }
    for (const empty of ['', '\uFEFF', '\n\n', ' ,,\r\n', ';;', 'sep=;\n'])
      expect((await refusal(empty)).key, JSON.stringify(empty)).to.equal('csvEmpty');
    for (const bare of ['Name,City', 'Name,City\n,\n', 'Name\nName\n'])
      expect((await refusal(bare)).key, bare).to.equal('csvNoRows');
  });

  it('says which columns are missing and which are there', async () => {
    expect(await refusal('\nTown;Web\nBrno;x\n')).to.deep.equal({
      key: 'csvNoColumn',
      line: 2,
      details: ['Account Name', 'Town, Web'],
    });
  });

  it('refuses a file of which it knows no column, also where none is required', async () => {
    const columns = [
      { key: 'id', names: ['Account Id', 'Id'] },
      { key: 'email', names: ['Email'] },
    ];
    const error = await read('Town,Web\nBrno,x\n', columns).then(undefined, (reason: unknown) => reason);
    expect(error).to.deep.include({ key: 'csvNoColumn', line: 1, details: ['Account Id or Email', 'Town, Web'] });
    expect((await read('Town,ID\nBrno,x\n', columns)).unknown).to.deep.equal(['Town']);
  });

  it('names the line where a broken record begins', async () => {
    const open = await refusal('Name,City\nA Test,Brno\n\n"B Test,Brno\nC Test,Plzeň\n');
    expect([open.key, open.line, open.details[0]]).to.deep.equal(['csvMalformed', 4, '1']);
    const closedTooLate = await refusal('Name,City\n"A Test,Brno\n"B Test",Brno\n');
    expect([closedTooLate.key, closedTooLate.line]).to.deep.equal(['csvMalformed', 2]);
    const inside = await refusal('Name,City\nA Test,Brno\nB "Test",Brno\n');
    expect([inside.key, inside.line, inside.details[0]]).to.deep.equal(['csvMalformed', 3, '1']);
  });

  it('gives the tokens of the message: file, line, details', async () => {
    const file = await fileOf('Town\nBrno\n');
    const error = (await readPartnerCsv(file, COLUMNS).catch((reason: unknown) => reason)) as PartnerCsvError;
    expect(error.tokens).to.deep.equal([file, '1', 'Account Name', 'Town']);
  });

  it('does not accept two columns that share a name', async () => {
    const columns = [...COLUMNS, { key: 'town', names: ['city'] }];
    const error = await read('Name\nA Test\n', columns).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
  });
});
