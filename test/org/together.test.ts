/** Queries that share calls. */
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { inOneBreath, queryTogether } from '../../src/org/read/index.js';

type Body = { compositeRequest: Array<{ url: string; referenceId: string }> };

/** Answers each query with itself; `bad` ones are refused, and the call of that number (from 1) fails as a whole. */
class FakeOrg {
  public readonly version = '66.0';
  public readonly calls: string[][] = [];

  public constructor(private readonly failing = 0) {}

  public get conn(): Connection {
    return this as unknown as Connection;
  }

  public request({ body }: { body: string }): Promise<object> {
    const queries = (JSON.parse(body) as Body).compositeRequest.map(({ url }) =>
      decodeURIComponent(url.split('q=')[1]!)
    );
    if (this.calls.push(queries) === this.failing) return Promise.reject(new Error('gone'));
    const compositeResponse = queries.map((soql) =>
      soql === 'bad'
        ? { httpStatusCode: 400, body: [{ message: 'no', errorCode: 'MALFORMED_QUERY' }] }
        : { httpStatusCode: 200, body: { done: true, records: [{ soql }] } }
    );
    return Promise.resolve({ compositeResponse });
  }
}

const texts = async (asking: ReturnType<typeof queryTogether<{ soql: string }>>): Promise<string[]> =>
  (await asking).map(({ records, error }) => error?.message ?? records![0]!.soql);

describe('queries together', () => {
  it('take five a call, and each its own answer', async () => {
    const org = new FakeOrg();
    const queries = ['a', 'b', 'bad', 'd', 'e', 'f'];
    expect(await texts(queryTogether(org.conn, queries))).to.deep.equal(['a', 'b', 'no', 'd', 'e', 'f']);
    expect(org.calls).to.deep.equal([queries.slice(0, 5), ['f']]);
  });

  it('share calls in one breath, whoever asks', async () => {
    const org = new FakeOrg();
    const ask = (...queries: string[]): Promise<string[]> => texts(queryTogether(org.conn, queries));
    const answers = await inOneBreath(org.conn, () =>
      Promise.all([ask('a', 'b', 'c'), ask(), inOneBreath(org.conn, () => ask('bad')), ask('e', 'f')])
    );
    expect(answers).to.deep.equal([['a', 'b', 'c'], [], ['no'], ['e', 'f']]);
    expect(org.calls).to.deep.equal([['a', 'b', 'c', 'bad', 'e'], ['f']]);
  });

  it('share none afterwards, nor what is asked after waiting', async () => {
    const org = new FakeOrg();
    const late = async (): Promise<string[]> => {
      await Promise.resolve();
      return texts(queryTogether(org.conn, ['late']));
    };
    await inOneBreath(org.conn, () => Promise.all([texts(queryTogether(org.conn, ['a'])), late()]));
    await texts(queryTogether(org.conn, ['b']));
    expect(org.calls).to.deep.equal([['a'], ['late'], ['b']]);
  });

  it('fail all whose answers are still out where a call fails, and ask no more', async () => {
    const org = new FakeOrg(2);
    const ask = (...queries: string[]): Promise<string> =>
      texts(queryTogether(org.conn, queries)).then(String, (error: Error) => error.message);
    const answers = await inOneBreath(org.conn, () =>
      Promise.all([ask('a', 'b'), ask('c', 'd', 'e', 'f'), ask('g', 'h', 'i', 'j', 'k')])
    );
    expect(answers).to.deep.equal(['a,b', 'gone', 'gone']);
    expect(org.calls).to.have.length(2);
  });
});
