/**
 * What wires share: an answer for each key, those who wait for it, and how it is asked for again. Stands in for Lightning Data
 * Service, of which it keeps these rules: first `{ data: undefined, error: undefined }`, nothing while a parameter is undefined, the
 * same answer for everybody who asks the same, also for who asks again later, late answers dropped, and nothing told that is as it
 * was. Errors are not kept.
 */

const entries = new Map();
/** From what a component was given back to its entry, for refreshApex. */
const given = new WeakMap();

class Entry {
  constructor(key, load) {
    this.key = key;
    this.load = load;
    this.readers = new Set();
    this.turn = 0;
  }

  async refresh() {
    const turn = (this.turn += 1);
    const result = await this.load().then(
      (data) => ({ data, error: undefined }),
      (error) => ({ data: undefined, error })
    );
    if (turn !== this.turn || this.isAsItWas(result)) return;
    this.result = result;
    given.set(result, this);
    this.readers.forEach((reader) => reader(result));
  }

  /** Whether there is an answer that is no error; GraphQL has its errors inside. */
  get isGood() {
    return Boolean(this.result?.data) && !this.result.data.errors?.length;
  }

  isAsItWas({ data }) {
    return this.isGood && JSON.stringify(data) === JSON.stringify(this.result.data);
  }

  add(reader) {
    this.readers.add(reader);
    if (this.result) reader(this.result);
    else if (this.readers.size === 1) this.refresh();
  }

  remove(reader) {
    this.readers.delete(reader);
    // What failed, or was not there yet, is asked for anew by whoever comes next.
    if (this.readers.size === 0 && !this.isGood) entries.delete(this.key);
  }
}

const entryOf = (key, load) => {
  let entry = entries.get(key);
  if (!entry) entries.set(key, (entry = new Entry(key, load)));
  return entry;
};

/** Asks again for what a component was given. */
export const refreshResult = async (result) => given.get(result)?.refresh();

/** Asks again for all whose key satisfies the test. What nobody looks at is forgotten. */
export const refreshKeys = (test) => {
  const chosen = [...entries.values()].filter(({ key }) => test(key));
  chosen.filter(({ readers }) => readers.size === 0).forEach(({ key }) => entries.delete(key));
  return Promise.all(chosen.filter(({ readers }) => readers.size > 0).map((entry) => entry.refresh()));
};

/** Forgets all, for another user. */
export const forget = () => entries.clear();

/**
 * Makes a wire adapter.
 * @param {object} how
 * @param {string} how.name begins the keys
 * @param {(config: object) => boolean} how.isReady whether all parameters are there
 * @param {(config: object) => Promise<unknown>} how.load asks for the data
 * @param {(result: object, refresh: () => Promise<void>) => object} [how.shape] what components get
 */
export const wireAdapter = ({ name, isReady, load, shape = (result) => result }) =>
  class {
    constructor(emit) {
      this.emit = emit;
      this.reader = (result) => this.emit(shape(result, () => this.entry?.refresh()));
      emit({ data: undefined, error: undefined });
    }

    connect() {
      this.isConnected = true;
      this.read();
    }

    update(config) {
      const key = isReady(config) ? `${name}:${JSON.stringify(config)}` : undefined;
      if (key === this.key) return;
      this.leave();
      this.key = key;
      this.config = config;
      if (this.isConnected) this.read();
    }

    disconnect() {
      this.isConnected = false;
      this.leave();
    }

    read() {
      if (this.key === undefined || this.entry) return;
      const { config } = this;
      this.entry = entryOf(this.key, () => load(config));
      this.entry.add(this.reader);
    }

    leave() {
      this.entry?.remove(this.reader);
      this.entry = undefined;
    }
  };
