import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildCatalog } from '../../../src/practice/catalog/catalog.js';
import { plainField, fieldMap } from '../../../src/practice/catalog/fields.js';
import type { ObjectDef } from '../../../src/practice/catalog/types.js';
import type { Store } from '../../../src/practice/contracts.js';
import { openStore } from '../../../src/practice/store/store.js';

const thing = (): ObjectDef => ({
  ...buildCatalog().require('Lead'),
  name: 'Thing__c',
  keyPrefix: 'a00',
  custom: true,
  fields: fieldMap([
    plainField('Id', 'id'),
    plainField('Name', 'string'),
    plainField('Done__c', 'boolean'),
    plainField('IsDeleted', 'boolean'),
  ]),
});

describe('practice store', () => {
  let folder: string;
  let store: Store;
  let catalog: ReturnType<typeof buildCatalog>;
  const reopen = (): void => {
    store.close();
    catalog = buildCatalog();
    store = openStore(join(folder, 'org.db'), catalog);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'channel-store-'));
    catalog = buildCatalog();
    store = openStore(join(folder, 'org.db'), catalog);
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  const insertLead = (name: string, deleted = false): string => {
    const id = store.nextId('00Q');
    store.insert(catalog.require('Lead'), { Id: id, LastName: name, IsConverted: false, IsDeleted: deleted });
    return id;
  };

  it('gives back booleans as booleans and finds by 15 characters', () => {
    const id = insertLead('Alder');
    const row = store.find(catalog.require('Lead'), id.slice(0, 15));
    expect(row).to.include({ Id: id, LastName: 'Alder', IsConverted: false, Company: null });
    store.update(catalog.require('Lead'), id, { IsConverted: true, Company: 'Example Harbor Ltd' });
    expect(store.find(catalog.require('Lead'), id)).to.include({ IsConverted: true, Company: 'Example Harbor Ltd' });
  });

  it('reads chosen fields alone', () => {
    const id = insertLead('Dogwood');
    const fields = ['LastName', 'IsConverted'];
    for (let i = 0; i < 2; i++) {
      expect(store.find(catalog.require('Lead'), id, false, fields)).to.deep.equal({
        LastName: 'Dogwood',
        IsConverted: false,
      });
    }
    const gone = insertLead('Elder', true);
    expect(store.find(catalog.require('Lead'), gone, false, fields)).to.equal(undefined);
  });

  it('hides deleted records unless asked', () => {
    const id = insertLead('Birch', true);
    expect(store.find(catalog.require('Lead'), id)).to.equal(undefined);
    expect(store.find(catalog.require('Lead'), id, true)).to.include({ LastName: 'Birch' });
  });

  it('numbers records upwards, across restarts and rolled back transactions', () => {
    const ids = [store.nextId('00Q')];
    ids.push(store.transaction(() => store.nextId('00Q')));
    try {
      store.transaction(() => {
        for (let i = 0; i < 2500; i++) ids.push(store.nextId('00Q'));
        throw new Error('back');
      });
    } catch {
      ids.push(store.nextId('00Q'));
    }
    for (let i = 0; i < 1200; i++) ids.push(store.nextId('00Q'));
    reopen();
    ids.push(store.nextId('00Q'));
    expect(new Set(ids).size).to.equal(ids.length);
    expect([...ids].sort((a, b) => (a < b ? -1 : 1))).to.deep.equal(ids);
  });

  it('rolls back the inner transaction alone when its failure is caught', () => {
    store.transaction(() => {
      insertLead('kept');
      expect(() =>
        store.transaction(() => {
          insertLead('lost');
          throw new Error('inner');
        })
      ).to.throw('inner');
      store.transaction(() => insertLead('kept too'));
    });
    const names = store
      .sql('SELECT LastName FROM Lead ORDER BY LastName')
      .all()
      .map((row) => row.LastName);
    expect(names).to.deep.equal(['kept', 'kept too']);
  });

  it('keeps a snapshot at its moment while the store goes on', () => {
    insertLead('before');
    const snapshot = store.snapshot();
    insertLead('after');
    expect(snapshot.prepare('SELECT count(*) n FROM Lead').get()!.n).to.equal(1);
    expect(() => snapshot.exec('DELETE FROM Lead')).to.throw(/readonly/);
    snapshot.close();
  });

  it('remembers deployed objects, and forgets those whose deploy was rolled back', () => {
    catalog.add(thing());
    store.insert(catalog.require('Thing__c'), { Id: store.nextId('a00'), Name: 'x', Done__c: true, IsDeleted: false });
    expect(() =>
      store.transaction(() => {
        catalog.add({ ...thing(), name: 'Other__c', keyPrefix: 'a01' });
        throw new Error('deploy failed');
      })
    ).to.throw('deploy failed');
    expect(catalog.object('Other__c')).to.equal(undefined);
    reopen();
    expect(catalog.require('thing__C').fields.get('done__c')?.type).to.equal('boolean');
    expect(catalog.byPrefix('a00')?.name).to.equal('Thing__c');
    expect(catalog.object('Other__c')).to.equal(undefined);
    expect(store.sql('SELECT * FROM Thing__c').all()).to.have.length(1);
  });

  it('adds columns to the table when an object gains a field, and drops the table with the object', () => {
    catalog.add(thing());
    catalog.add({ ...thing(), fields: fieldMap([...thing().fields.values(), plainField('Rank__c', 'int')]) });
    store.insert(catalog.require('Thing__c'), { Id: store.nextId('a00'), Rank__c: 3, IsDeleted: false });
    expect(store.sql('SELECT Rank__c FROM Thing__c').get()).to.include({ Rank__c: 3 });
    catalog.remove('Thing__c');
    expect(() => store.db.prepare('SELECT * FROM Thing__c')).to.throw(/no such table/);
  });

  it('compares text without case and ids exactly', () => {
    const id = insertLead('Cedar');
    expect(store.sql('SELECT Id FROM Lead WHERE LastName = ?').get('cEDAR')).to.include({ Id: id });
    expect(store.sql('SELECT Id FROM Lead WHERE Id = ?').get(id.toLowerCase())).to.equal(undefined);
  });
});
