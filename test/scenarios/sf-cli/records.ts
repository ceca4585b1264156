import { expect } from 'chai';
import type { Shown, Where } from './world.js';

type Saved = { id: string; success: boolean; errors: unknown[] };

const LEAD = 'SELECT "LastName", "Company", "Title", "City", "AnnualRevenue", "IsDeleted" FROM "Lead" WHERE "Id" = ?';

/** One record at a time. */
export const recordTests = (world: Where): void => {
  describe('data record', () => {
    const record = (verb: string, ...args: string[]): string[] => [
      'data',
      verb,
      'record',
      '--sobject',
      'Lead',
      ...args,
    ];
    const create = async (values: string): Promise<string> => {
      const saved = await world().json<Saved>(...record('create', '--values', values));
      expect(saved).to.deep.equal({ id: saved.id, success: true, errors: [] });
      return saved.id;
    };

    it('create, with quotes and numbers', async () => {
      const id = await create(`LastName="O'Hara Quill" Company='Example Record Ltd' AnnualRevenue=100.5`);
      expect(id).to.match(/^00Q\w{15}$/);
      expect(world().row(LEAD, id)).to.include({
        LastName: "O'Hara Quill",
        Company: 'Example Record Ltd',
        AnnualRevenue: 100.5,
      });
    });

    it('get, by id and by values', async () => {
      const id = await create(`LastName=Getter Company='Example Record Ltd' City=Cork`);
      const byId = await world().json<Shown>(...record('get', '--record-id', id));
      expect(byId).to.include({
        Id: id,
        LastName: 'Getter',
        Name: 'Getter',
        City: 'Cork',
        IsConverted: false,
        Title: null,
      });
      expect(byId.attributes).to.deep.equal({ type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${id}` });
      const found = await world().json<Shown>(
        ...record('get', '--where', `LastName=Getter Company='Example Record Ltd'`)
      );
      expect(found).to.deep.equal(byId);
      const { name } = await world().refused(...record('get', '--where', 'LastName=Nobody'));
      expect(name).to.equal('DataRecordGetNoRecord');
    });

    it('update, by id and by values', async () => {
      const id = await create(`LastName=Updater Company='Example Record Ltd'`);
      const updated = await world().json<Saved>(
        ...record('update', '--record-id', id, '--values', `Title='Head of things' AnnualRevenue=7`)
      );
      expect(updated).to.deep.equal({ id, success: true, errors: [] });
      await world().json(...record('update', '--where', 'LastName=Updater', '--values', 'City=Galway'));
      expect(world().row(LEAD, id)).to.include({ Title: 'Head of things', AnnualRevenue: 7, City: 'Galway' });
    });

    it('delete: the record is in the recycle bin and not found any more', async () => {
      const id = await create(`LastName=Gone Company='Example Record Ltd'`);
      expect(await world().json(...record('delete', '--record-id', id))).to.deep.equal({
        id,
        success: true,
        errors: [],
      });
      expect(world().row(LEAD, id).IsDeleted).to.equal(1);
      const { name, exitCode } = await world().refused(...record('get', '--record-id', id));
      expect([name, exitCode]).to.deep.equal(['NOT_FOUND', 1]);
    });

    it('what the platform refuses is shown in its words', async () => {
      const before = world().row('SELECT count(*) AS n FROM "Lead"').n;
      const cases: Array<[args: string[], name: string, message: string]> = [
        [
          record('create', '--values', 'LastName=X'),
          'REQUIRED_FIELD_MISSING',
          'Required fields are missing: [Company]',
        ],
        [
          record('create', '--values', 'LastName=X Company=Y Email=nomail'),
          'INVALID_EMAIL_ADDRESS',
          'Email: invalid email address: nomail',
        ],
        [
          record('create', '--values', 'Nothing__c=X'),
          'INVALID_FIELD',
          "No such column 'Nothing__c' on sobject of type Lead",
        ],
        [
          ['data', 'create', 'record', '-s', 'Nothing__c', '-v', 'Name=X'],
          'NOT_FOUND',
          'The requested resource does not exist',
        ],
      ];
      for (const [args, name, message] of cases)
        expect(await world().refused(...args)).to.include({ exitCode: 1, name, message });
      expect(world().row('SELECT count(*) AS n FROM "Lead"').n).to.equal(before);
    });
  });
};
