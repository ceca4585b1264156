/** What docs/practice-org.md says of faults and variants is what the code does. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { faultPhases, parseFaultRules, type FaultRule } from '../../src/practice/faults/rules.js';
import { NEWEST, OLDEST } from '../../src/practice/rest/misc.js';
import { QUESTIONS } from '../../src/practice/variants.js';

const page = readFileSync(new URL('../../docs/practice-org.md', import.meta.url), 'utf8');

/** First cells of the table under a header row, with the code marks taken off. */
const table = (header: string): string[][] => {
  const [, body = ''] = page.split(`${header}\n`);
  const rows = body.slice(0, body.indexOf('\n\n')).split('\n').slice(1);
  return rows.map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', ''))
      .slice(1, -1)
  );
};

describe('docs/practice-org.md', () => {
  it('has examples of faults that can be used', () => {
    const examples = [...page.matchAll(/```json\n([^`]+)```/g)].map(([, text]) => parseFaultRules(JSON.parse(text!)));
    expect(examples).to.have.length(3);
  });

  it('names every fault and every property of a rule, with its default', () => {
    const kinds = table('| Kind | What happens |').flatMap(([names]) => names!.split(', '));
    expect(kinds).to.have.members(Object.values(faultPhases).flat());
    const [rule] = parseFaultRules([{ kind: 'status' }]) as [FaultRule];
    const properties = table('| Property | Meaning | Default |');
    const withDefault = properties.filter(([, , value]) => !['–', 'any'].includes(value!));
    expect(Object.fromEntries(withDefault.map(([name, , value]) => [name, JSON.parse(value!)]))).to.deep.equal(
      Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'kind'))
    );
  });

  it('names every variant with its answers', () => {
    const variants = table('| Variant | Answers | Question |').map(([name, answers]) => [name, answers!.split(', ')]);
    expect(Object.fromEntries(variants)).to.deep.equal(
      Object.fromEntries(Object.entries(QUESTIONS).map(([name, { answers }]) => [name, answers]))
    );
  });

  it('names the API versions', () => {
    expect(page).to.contain(`before ${OLDEST}.0 or after ${NEWEST}.0`);
  });
});
