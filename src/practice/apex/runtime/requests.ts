import type { ApexRequest, DmlRequest, QueryRequest } from '../host.js';
import { ApexList } from './collections.js';
import { Dispatch } from './dispatch.js';
import { nullPointer } from './numbers.js';
import { QueryRows } from './query-rows.js';
import type { Value } from './values.js';

type Running = Generator<unknown, Value, Value>;

/** A call of a method with @future. */
export type FutureCall = { readonly className: string; readonly method: string; readonly args: readonly Value[] };

/** What lets the host in: each is one `yield`. */
export class Requests extends Dispatch {
  *#ask(request: ApexRequest, place: number): Running {
    this.lastPlace = place;
    try {
      return yield request;
    } catch (error) {
      throw this.located(error);
    }
  }

  public *query(soql: string, binds: readonly Value[], context: QueryRequest['context'], place: number): Running {
    const origin = { at: this.placeOf(place), sharing: this.sharing };
    const rows = yield* this.#ask({ kind: 'query', soql, binds, context, ...origin }, place);
    return rows instanceof ApexList ? new QueryRows(rows.element, rows.items) : rows;
  }

  public *dml(
    operation: DmlRequest['operation'],
    given: Value,
    access: DmlRequest['access'],
    externalId: string | undefined,
    place: number
  ): Running {
    const origin = { at: this.placeOf(place), sharing: this.sharing };
    const records = given ?? nullPointer();
    return yield* this.#ask({ kind: 'dml', operation, records, access, externalId, ...origin }, place);
  }

  public *runAs(step: 'enter' | 'leave', user: Value, place: number): Running {
    const origin = { at: this.placeOf(place), sharing: this.sharing };
    return yield* this.#ask({ kind: 'runAs', step, user, ...origin }, place);
  }

  /** A call of a method with @future, which the host runs later. */
  public *future(className: string, method: string, args: Value[], place: number): Running {
    const payload: FutureCall = { className, method, args };
    return yield* this.#ask({ kind: 'native', name: 'future', payload }, place);
  }

  /** A value of the host by its path. */
  public hostValue(path: readonly string[]): Value {
    return this.host.value(path, this as never);
  }
}
