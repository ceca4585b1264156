/** Reads a decisions file, or refuses it whole with every problem and its line. */
import { digestOf, FINDING_KINDS, type Subject } from '../finding.js';
import {
  DECISIONS,
  DECISIONS_FORMAT,
  isKeyOf,
  isKey,
  type Decision,
  type DecisionEntry,
  type DecisionsFile,
} from './format.js';
import { YamlFile } from './nodes.js';
import { DecisionsFileError } from './problems.js';

const TOP = ['format', 'org', 'writtenAt', 'decisions', 'notFound'];
const ORG = ['id', 'domain', 'kind'];
const ENTRY = ['decision', 'reason', 'by', 'finding', 'about', 'digest'];
const ABOUT = ['kind', 'object', 'target', 'access', 'paths', 'fix'];

/**
 * The decisions in a text.
 * @param file name for messages
 * @throws DecisionsFileError
 */
export function parseDecisions(text: string, file: string): DecisionsFile {
  const yaml = new YamlFile(text);
  const decisions = yaml.problems.some(({ key }) => key === 'syntax') ? undefined : read(yaml);
  if (yaml.problems.length > 0 || !decisions) {
    const inOrder = yaml.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
    throw new DecisionsFileError(file, inOrder);
  }
  return decisions;
}

function read(yaml: YamlFile): DecisionsFile | undefined {
  if (!isOurs(yaml)) return undefined;
  const top = yaml.fields(yaml.root, 'the file', TOP, ['format', 'org', 'writtenAt', 'decisions']);
  const org = yaml.fields(top.get('org'), 'org', ORG, ORG);
  const text = (fields: Map<string, unknown>, name: string): string =>
    fields.has(name) ? yaml.text(fields.get(name), name) : '';
  return {
    org: { id: text(org, 'id'), domain: text(org, 'domain'), kind: text(org, 'kind') },
    writtenAt: text(top, 'writtenAt'),
    entries: top.has('decisions') ? readEntries(yaml, top.get('decisions'), 'decisions') : [],
    notFound: top.has('notFound') ? readEntries(yaml, top.get('notFound'), 'notFound') : [],
  };
}

/** Whether the file says what it is; problems in another file would help nobody. */
function isOurs(yaml: YamlFile): boolean {
  const root = yaml.root as { get?: (key: string, node: boolean) => unknown } | null;
  const format = root?.get?.('format', true) as { value?: unknown } | undefined;
  if (format === undefined) yaml.refuse(root, 'notOurs', '');
  else if (format.value !== DECISIONS_FORMAT) {
    yaml.refuse(format, 'otherFormat', typeof format.value === 'string' ? format.value : '', DECISIONS_FORMAT);
  } else return true;
  return false;
}

function readEntries(yaml: YamlFile, node: unknown, name: string): DecisionEntry[] {
  return yaml.entries(node, name).map(({ key, at, value }) => {
    if (!isKey(key)) yaml.refuse(at, 'unknownKey', key);
    const fields = yaml.fields(value, key, ENTRY, ['decision', 'finding', 'about', 'digest']);
    const optional = (field: string): string | undefined =>
      fields.has(field) ? yaml.text(fields.get(field), field) : undefined;
    const entry: DecisionEntry = {
      key,
      decision: readDecision(yaml, fields.get('decision')),
      reason: optional('reason'),
      by: optional('by'),
      finding: optional('finding') ?? '',
      about: readAbout(yaml, fields.get('about')),
      digest: optional('digest') ?? '',
    };
    check(yaml, entry, at, value);
    return entry;
  });
}

function readDecision(yaml: YamlFile, node: unknown): Decision {
  if (node === undefined) return 'defer';
  const text = yaml.text(node, 'decision');
  if (!DECISIONS.includes(text as Decision) && text !== '') {
    yaml.refuse(node, 'unknownDecision', text, DECISIONS.join(', '));
  }
  return text as Decision;
}

function readAbout(yaml: YamlFile, node: unknown): Subject {
  const fields = node === undefined ? new Map<string, unknown>() : yaml.fields(node, 'about', ABOUT, ABOUT);
  const text = (name: string): string => (fields.has(name) ? yaml.text(fields.get(name), name) : '');
  const kind = text('kind');
  if (fields.has('kind') && !FINDING_KINDS.includes(kind as Subject['kind'])) {
    yaml.refuse(fields.get('kind'), 'wrongType', 'kind', `one of ${FINDING_KINDS.join(', ')}`);
  }
  return {
    kind: kind as Subject['kind'],
    object: text('object'),
    target: text('target'),
    access: text('access'),
    paths: fields.has('paths') ? yaml.texts(fields.get('paths'), 'paths') : [],
    fix: text('fix'),
  };
}

/** What is wrong with an entry whose fields are all there. */
function check(
  yaml: YamlFile,
  { key, decision, reason, about, digest }: DecisionEntry,
  at: unknown,
  value: unknown
): void {
  if (decision === 'keep' && (reason ?? '').trim() === '') yaml.refuse(at, 'missingReason', key);
  const whole = digest !== '' && isKey(key) && FINDING_KINDS.includes(about.kind);
  if (!whole) return;
  if (!isKeyOf(key, about.kind) || digestOf(key, about) !== digest) {
    const fields = value as { get?: (name: string, node: boolean) => unknown };
    yaml.refuse(fields.get?.('about', true) ?? value, 'edited', key);
  }
}
