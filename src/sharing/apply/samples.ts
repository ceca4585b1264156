/**
 * Records that people from outside read today only by what is to be closed. When none of them can be read any more, the
 * recalculation is over: there is no API that tells it (platform-facts, addenda).
 */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, queryAll, readableRecords, select, type Condition } from '../../org/read/index.js';
import type { AwaitAccessStep } from '../../runs/index.js';
import { analyse, type Analysis } from '../analyse/analyse.js';
import { Graph } from '../analyse/graph.js';
import type { ProjectionRequest } from '../analyse/projection.js';
import { buildWorld } from '../analyse/world.js';
import { criteriaOf, NotCountable } from '../counts/criteria.js';
import type { Finding } from '../finding.js';
import type { Rule, SharingSnapshot } from '../model.js';
import { afterFixes } from './after.js';

type Sample = AwaitAccessStep['samples'][number];

/** Findings that open records of an object, and by which definition those can be found again. */
const SAMPLED: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>(['rule', 'queue', 'default']);

/** Findings, people and records that are asked about; each costs a query. */
const MOST_FINDINGS = 30;
const MOST_PEOPLE = 2;
const CANDIDATES = 20;
const RECORDS = 3;

export type SampleRequest = {
  conn: Connection;
  snapshot: SharingSnapshot;
  request: ProjectionRequest;
  before: Analysis;
  convert: readonly Finding[];
};

export type Samples = {
  samples: Sample[];
  /** Objects whose closing no sample can show. */
  unsampled: string[];
};

/** Chooses the samples and has the org confirm that each can be read now. */
export async function chooseSamples(input: SampleRequest): Promise<Samples> {
  const { conn, snapshot, request, before, convert } = input;
  const after = analyse(afterFixes(snapshot, convert), request);
  const wanted = convert.filter(({ kind, externalUsers }) => SAMPLED.has(kind) && externalUsers > 0);
  const conditions = new Conditions(conn, snapshot, request);
  const samples: Sample[] = [];
  for (const finding of wanted.slice(0, MOST_FINDINGS)) {
    const people = shutOut(finding, before, after);
    if (people.length > 0) samples.push(...(await sample(conn, finding, people, await conditions.of(finding))));
  }
  const sampled = new Set(samples.map(({ object }) => object));
  const objects = new Set(wanted.map(({ object }) => object));
  return { samples, unsampled: [...objects].filter((object) => !sampled.has(object)).sort() };
}

/** People whom a finding reaches, and whom nothing that remains gives records of the object. */
function shutOut(finding: Finding, before: Analysis, after: Analysis): string[] {
  const still = new Set(
    after.findings.filter(({ objects }) => objects.includes(finding.object)).flatMap(({ key }) => after.reached(key))
  );
  return before
    .reached(finding.key)
    .filter((id) => !still.has(id))
    .slice(0, MOST_PEOPLE);
}

async function sample(
  conn: Connection,
  { object, key }: Finding,
  people: readonly string[],
  where: Condition | undefined
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const user of people) {
    const foreign = compare('OwnerId', '!=', user);
    const soql = select({
      from: object,
      fields: ['Id'],
      where: where ? all(where, foreign) : foreign,
      limit: CANDIDATES,
    });
    const ids = (await queryAll<{ Id: string }>(conn, soql)).map(({ Id }) => Id);
    const readable = ids.length > 0 ? await readableRecords(conn, user, ids) : new Set<string>();
    for (const record of [...readable].slice(0, RECORDS)) samples.push({ object, record, user, about: key });
  }
  return samples;
}

/** Where the records of a finding are. */
class Conditions {
  private readonly graph: Graph;
  private readonly types = new Map<string, ReadonlyMap<string, string>>();

  public constructor(
    private readonly conn: Connection,
    private readonly snapshot: SharingSnapshot,
    request: ProjectionRequest
  ) {
    this.graph = new Graph(buildWorld(snapshot, request));
  }

  /** Undefined where any record of the object will do. */
  public async of({ kind, key, source }: Finding): Promise<Condition | undefined> {
    if (kind === 'queue') {
      const queue = this.snapshot.groups.find(
        ({ type, developerName }) => type === 'Queue' && developerName === source.name
      );
      return queue && compare('OwnerId', '=', queue.id);
    }
    const rule = this.snapshot.rules.find(({ object, name }) => `rule:${object}.${name}` === key);
    if (!rule) return undefined;
    return rule.kind === 'owner' ? this.owners(rule) : this.criteria(rule);
  }

  /** Owners of a rule's source that own something; a part of them is enough for a sample. */
  private owners({ object, from }: Rule): Condition | undefined {
    if (!from) return undefined;
    const counts = this.snapshot.counts.owners[object];
    const owners = this.graph.ofTarget(from).flatMap((node) => [...this.graph.owners(node)]);
    const owning = counts ? owners.filter((id) => (counts[id] ?? 0) > 0) : owners;
    return isIn('OwnerId', owning.slice(0, 100));
  }

  private async criteria(rule: Rule): Promise<Condition | undefined> {
    try {
      return criteriaOf(rule, await this.typesOf(rule.object));
    } catch (error) {
      if (error instanceof NotCountable || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  private async typesOf(object: string): Promise<ReadonlyMap<string, string>> {
    const known = this.types.get(object);
    if (known) return known;
    const { fields } = await this.conn.describe(object);
    const types = new Map(fields.map(({ name, type }) => [name.toLowerCase(), String(type)]));
    this.types.set(object, types);
    return types;
  }
}
