/** Rotations as YAML files: what they may say, and how they are refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parse } from 'yaml';
import {
  formatHours,
  HoursError,
  parseHours,
  parseRotation,
  RotationFileError,
  rotationJsonSchema,
  writeRotationFile,
} from '../../../src/leads/rotation/config/index.js';
import type { Rotation } from '../../../src/leads/rotation/model.js';

const FULL = `key: EMEA_Partners
name: EMEA partners
active: false
leads: |
  Country IN ('Germany', 'France')
  AND IsConverted = false
balance: open-leads
period: week
timeZone: Europe/Berlin
hours: Mon-Fri 09:00-12:00, 13:00-17:00, Sat 10:00-12:00
holidays: [2026-12-26, 2026-12-25, 2026-12-25]
fallback: Unclaimed
sticky: [email-domain, company]
neverBackTo: [declined]
members:
  - queue: Partners_DE
    weight: 3
    cap: 50
  - user: una@example.com
    hours: always
    timeZone: Europe/Lisbon
    pausedUntil: 2026-12-01
    criteria: NumberOfEmployees > 100
`;

const SMALL = 'key: A\nname: A\nmembers:\n  - queue: Q\n';

const problemsOf = async (text: string): Promise<string[]> => {
  try {
    await parseRotation(text, 'a.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof RotationFileError)) throw error;
    return error.message.split('\n');
  }
};

describe('rotation files', () => {
  it('a full one', async () => {
    const rotation = await parseRotation(FULL, 'a.yaml');
    expect(rotation).to.deep.equal({
      key: 'EMEA_Partners',
      name: 'EMEA partners',
      active: false,
      leads: "Country IN ('Germany', 'France') AND IsConverted = false",
      balance: 'open-leads',
      period: 'week',
      timeZone: 'Europe/Berlin',
      hours: [
        { days: [1, 2, 3, 4, 5], from: 540, to: 720 },
        { days: [1, 2, 3, 4, 5], from: 780, to: 1020 },
        { days: [6], from: 600, to: 720 },
      ],
      holidays: ['2026-12-25', '2026-12-26'],
      fallback: 'Unclaimed',
      sticky: ['company', 'email-domain'],
      neverBackTo: ['declined'],
      members: [
        { kind: 'queue', name: 'Partners_DE', weight: 3, cap: 50 },
        {
          kind: 'user',
          name: 'una@example.com',
          weight: 1,
          hours: [],
          timeZone: 'Europe/Lisbon',
          // Midnight in Lisbon, which is on UTC in winter.
          pausedUntil: '2026-12-01T00:00:00Z',
          criteria: 'NumberOfEmployees > 100',
        },
      ],
    } satisfies Rotation);
  });

  it('a small one has the defaults', async () => {
    expect(await parseRotation(SMALL, 'a.yaml')).to.deep.equal({
      key: 'A',
      name: 'A',
      active: true,
      balance: 'assigned',
      period: 'day',
      timeZone: 'UTC',
      hours: [],
      holidays: [],
      sticky: [],
      neverBackTo: [],
      members: [{ kind: 'queue', name: 'Q', weight: 1 }],
    } satisfies Rotation);
  });

  it('written and read again it is the same, and written again the same text', async () => {
    for (const text of [FULL, SMALL]) {
      const rotation = await parseRotation(text, 'a.yaml');
      const written = writeRotationFile(rotation);
      expect(await parseRotation(written, 'b.yaml')).to.deep.equal(rotation);
      expect(writeRotationFile(await parseRotation(written, 'b.yaml'))).to.equal(written);
    }
    const text = writeRotationFile(await parseRotation(FULL, 'a.yaml'));
    expect(text.split('\n')[0]).to.equal('# yaml-language-server: $schema=rotation.schema.json');
    expect(text).to.contain('hours: Mon-Fri 09:00-12:00, 13:00-17:00, Sat 10:00-12:00');
    expect(text).to.contain('pausedUntil: 2026-12-01T00:00:00+00:00');
  });

  it('every problem is told at once, with its place', async () => {
    const text = `key: 1st
name: ''
leeds: x
balance: luck
period: dya
timeZone: Europe/Berlim
holidays: [2026-13-01]
members:
  - queue: Q
    wieght: 3
  - queue: Q
    weight: 0
`;
    expect(await problemsOf(text)).to.deep.equal([
      'a.yaml:1:6: "key" must begin with a letter and have letters, digits and underscores only',
      'a.yaml:2:7: "name" must not be empty',
      'a.yaml:3:1: "leeds" is not a field of a rotation; did you mean "leads"?',
      'a.yaml:4:10: "balance" must be one of assigned, open-leads',
      'a.yaml:5:9: "period" must be one of day, week, month',
      'a.yaml:7:12: this must be a day such as 2026-12-25',
      'a.yaml:10:5: "wieght" is not a field of a member; did you mean "weight"?',
      'a.yaml:12:13: "weight" must be at least 1',
    ]);
  });

  it('what only the meaning shows is told with its place too', async () => {
    const text = `key: A
name: A
leads: Name = 'x' LIMIT 5
hours: Mon-Fri 9-17
members:
  - queue: Q
    hours: Mon 09:00-17:00
    criteria: Name ==
  - queue: q
  - user: a@b.example
    queue: R
  - weight: 2
    timeZone: Europe/Berlim
    pausedUntil: tomorrow
`;
    const problems = await problemsOf(text);
    expect(problems.map((problem) => problem.replace(/(condition on Lead: ).*/, '$1…'))).to.deep.equal([
      'a.yaml:3:8: this is not a condition on Lead: …',
      'a.yaml:4:8: "Mon-Fri 9-17" is no span of hours; write it as "Mon-Fri 09:00-17:00, Sat 10:00-12:00", or "always"',
      'a.yaml:7:12: "hours" need a "timeZone", of the member or the rotation',
      'a.yaml:8:15: this is not a condition on Lead: …',
      'a.yaml:9:12: the queue "q" is there twice; raise its weight instead',
      'a.yaml:10:5: a member has either "queue" or "user"; this one has both',
      'a.yaml:12:5: a member has either "queue" or "user"; this one has none',
      'a.yaml:13:15: "Europe/Berlim" is not a time zone; did you mean "Europe/Berlin"?',
      'a.yaml:14:18: "tomorrow" is not a time; write it as 2026-12-01 or 2026-12-01T08:00',
    ]);
    expect(problems[0]).to.contain('LIMIT');
  });

  it('what is missing, doubled, or no YAML', async () => {
    expect(await problemsOf('')).to.deep.equal(['a.yaml:1:1: "the file" must be a list of fields']);
    expect(await problemsOf('- a\n')).to.deep.equal(['a.yaml:1:1: "the file" must be a list of fields']);
    expect(await problemsOf('key: A\nmembers: []\n')).to.deep.equal([
      'a.yaml:1:1: "name" is missing',
      'a.yaml:2:10: "members" must have at least 1 entries',
    ]);
    expect(await problemsOf(`${SMALL}name: B\n`)).to.deep.equal(['a.yaml:5:1: this field is there twice']);
    expect((await problemsOf('key: "A\nname: A'))[0]).to.match(/^a\.yaml:\d+:\d+: this is not YAML: /);
    expect(await problemsOf(SMALL.replace('queue: Q', 'queue: 5'))).to.deep.equal([
      'a.yaml:4:12: "queue" must be text',
    ]);
  });

  it('the published schema says the same as the code', () => {
    const published: unknown = JSON.parse(readFileSync('schemas/rotation.schema.json', 'utf8'));
    expect(published).to.deep.equal(JSON.parse(JSON.stringify(rotationJsonSchema())));
  });

  it('editors accept and refuse by the schema as the command does', () => {
    const validate = new Ajv({ strict: false, formats: { date: true } }).compile(rotationJsonSchema() as object);
    const accepts = (text: string): boolean => validate(parse(text, { schema: 'core' }));
    for (const text of [FULL, SMALL]) expect(accepts(text), JSON.stringify(validate.errors)).to.equal(true);
    for (const text of [
      SMALL.replace('queue: Q', 'weight: 1'),
      SMALL.replace('queue: Q', 'queue: Q\n    user: a@b.example'),
      `${SMALL}colour: red\n`,
      SMALL.replace('key: A', 'key: 1'),
    ]) {
      expect(accepts(text), text).to.equal(false);
    }
  });
});

describe('hours of rotations', () => {
  const same = (text: string, wanted = text): void => {
    expect(formatHours(parseHours(text)), text).to.equal(wanted);
    expect(parseHours(wanted)).to.deep.equal(parseHours(text));
  };

  it('are understood as people write them', () => {
    same('Mon-Fri 09:00-17:00, Sat 10:00-12:00');
    same('always');
    same('Always', 'always');
    same('monday - friday 9:00 - 17:00', 'Mon-Fri 09:00-17:00');
    same('09:00-17:00', 'Mon-Sun 09:00-17:00');
    same('Sat-Mon 10:00-12:00', 'Mon, Sat-Sun 10:00-12:00');
    same('Mon, Wed, Fri 08:30-24:00');
    same('Mon, Mon 08:00-09:00', 'Mon 08:00-09:00');
  });

  it('are refused with a reason', () => {
    const problem = (text: string): string => {
      try {
        parseHours(text);
      } catch (error) {
        if (error instanceof HoursError) return error.problem;
        throw error;
      }
      return 'accepted';
    };
    expect(problem('Mon 22:00-06:00')).to.contain('ends before it begins');
    expect(problem('Mon')).to.contain('ends without a time');
    expect(problem('Mom 09:00-17:00')).to.contain('"Mom" is not a day; there are Mon, Tue');
    expect(problem('Mon 09:75-17:00')).to.contain('"09:75" is not a time');
    expect(problem('Mon 09:00-25:00')).to.contain('"25:00" is not a time');
    expect(problem('Mon-Fri 09:00-12:00, Wed 11:00-13:00')).to.equal('the hours of Wed overlap');
    expect(problem('')).to.contain('is no span of hours');
  });
});

describe('examples of the guide', () => {
  const folder = 'docs/examples/rotations';

  for (const name of readdirSync(folder)) {
    it(`${name} is a rotation`, async () => {
      const rotation = await parseRotation(readFileSync(`${folder}/${name}`, 'utf8'), name);
      expect(`${rotation.key}.yaml`).to.equal(name);
    });
  }

  it('the page has every field, and the file that it shows can be read', async () => {
    const page = readFileSync('docs/rotations.md', 'utf8');
    const { properties } = rotationJsonSchema() as { properties: Record<string, object> };
    const { items } = properties.members as { items: { properties: object } };
    for (const field of Object.keys({ ...properties, ...items.properties })) {
      expect(page, field).to.match(new RegExp(`^\\| .*\`${field}\``, 'm'));
    }
    expect((await parseRotation(/```yaml\n([\s\S]*?)```/.exec(page)![1]!, 'page')).members).to.have.length(2);
  });
});
