/** Deploys and retrieves through jsforce, and short ways to write packages. */
import { expect } from 'chai';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Connection } from 'jsforce';
import { startFixture, type Fixture } from '../http/fixture.js';

export type Message = {
  componentType: string;
  fullName: string;
  fileName: string;
  success: boolean;
  created: boolean;
  changed: boolean;
  deleted: boolean;
  problem?: string;
  problemType?: string;
  lineNumber?: number;
  columnNumber?: number;
  id?: string;
};

export type Deployed = {
  id: string;
  status: string;
  success: boolean;
  done: boolean;
  numberComponentsDeployed: number;
  numberComponentsTotal: number;
  numberComponentErrors: number;
  numberTestsTotal: number;
  errorMessage?: string;
  errorStatusCode?: string;
  successes: Message[];
  failures: Message[];
};

export type Files = Record<string, string>;
export type Types = Record<string, string[]>;

export const XMLNS = 'http://soap.sforce.com/2006/04/metadata';

/** A metadata file with a root. */
export const file = (root: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${XMLNS}">\n${inner}\n</${root}>\n`;

export const manifest = (types: Types, version = '66.0'): string =>
  file(
    'Package',
    Object.entries(types)
      .map(
        ([name, members]) =>
          `<types>${members.map((m) => `<members>${m}</members>`).join('')}<name>${name}</name></types>`
      )
      .join('') + `<version>${version}</version>`
  );

export const zipOf = (files: Files): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));

const list = <T>(value: T | T[] | null | undefined): T[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

type Options = Record<string, unknown>;

/** Waits for the end of a deploy. */
export const finished = async (conn: Connection, id: string): Promise<Deployed> => {
  for (;;) {
    const result = (await conn.metadata.checkDeployStatus(id, true)) as unknown as Deployed & {
      details?: { componentSuccesses?: Message | Message[]; componentFailures?: Message | Message[] };
    };
    if (result.done) {
      const { componentSuccesses, componentFailures } = result.details ?? {};
      return { ...result, successes: list(componentSuccesses), failures: list(componentFailures) };
    }
    await pause();
  }
};

/** Deploys a zip; failures roll back unless told otherwise. */
export const deployZip = async (conn: Connection, zip: Buffer, options: Options = {}): Promise<Deployed> => {
  const { id } = await conn.metadata.deploy(zip, { rollbackOnError: true, ...options });
  return finished(conn, id);
};

/** Deploys files with a package.xml of these types. */
export const deploy = (conn: Connection, types: Types, files: Files, options: Options = {}): Promise<Deployed> =>
  deployZip(conn, zipOf({ 'package.xml': manifest(types), ...files }), options);

/** Problems of a deploy, one text each. */
export const problems = ({ failures }: Deployed): string[] => failures.map(({ problem }) => problem ?? '');

export type RetrievedFiles = { files: Files; messages: string[]; properties: Array<Record<string, string>> };

/** Retrieves components; paths without `unpackaged/`. */
export const retrieve = async (conn: Connection, types: Types): Promise<RetrievedFiles> => {
  const request = {
    apiVersion: '66.0',
    unpackaged: { types: Object.entries(types).map(([name, members]) => ({ members, name })), version: '66.0' },
  };
  const { id } = await conn.metadata.retrieve(request as never);
  for (;;) {
    const result = (await conn.metadata.checkRetrieveStatus(id)) as unknown as {
      done: boolean;
      zipFile: string;
      messages?: { problem: string } | Array<{ problem: string }>;
      fileProperties?: Record<string, string> | Array<Record<string, string>>;
    };
    if (!result.done) {
      await pause();
      continue;
    }
    const zip = unzipSync(Buffer.from(result.zipFile, 'base64'));
    const files = Object.fromEntries(
      Object.entries(zip).map(([path, data]) => [path.replace(/^unpackaged\//, ''), strFromU8(data)])
    );
    return {
      files,
      messages: list(result.messages).map(({ problem }) => problem),
      properties: list(result.fileProperties),
    };
  }
};

export const start = (
  scenario: 'empty' | { leads: number } = 'empty',
  variants: Record<string, string> = {},
  metadata: { delay?: number } = {}
): Promise<Fixture> => startFixture({ metadata }, { scenario, variants });

/** Rows of a query of the database, past every protocol. */
export const rows = <T = Record<string, unknown>>({ org }: Fixture, sql: string, ...values: string[]): T[] =>
  org.store.db
    .prepare(sql)
    .all(...values)
    .map((row) => ({ ...row }) as T);

export const element = (name: string, value: string | number | boolean): string => `<${name}>${value}</${name}>`;

export const elements = (values: Record<string, string | number | boolean>): string =>
  Object.entries(values)
    .map(([name, value]) => element(name, value))
    .join('');

/** What tests of components do with the org that `fixture` gives when it is asked. */
export const workbench = (fixture: () => Fixture) => {
  const put = (types: Types, files: Files, options: Options = {}): Promise<Deployed> =>
    deploy(fixture().conn, types, files, options);
  return {
    put,
    /** Deploys what the org must take. */
    good: async (types: Types, files: Files): Promise<Deployed> => {
      const result = await put(types, files);
      expect(problems(result)).to.deep.equal([]);
      expect(result.status).to.equal('Succeeded');
      return result;
    },
    /** Deploys what the org must refuse. @returns its words */
    bad: async (types: Types, files: Files): Promise<string> => {
      const result = await put(types, files);
      expect(result.status).to.equal('Failed');
      return problems(result).join('\n');
    },
    remove: (types: Types): Promise<Deployed> =>
      deployZip(fixture().conn, zipOf({ 'package.xml': manifest({}), 'destructiveChanges.xml': manifest(types) })),
    query: async (soql: string): Promise<Array<Record<string, unknown>>> => (await fixture().conn.query(soql)).records,
  };
};
