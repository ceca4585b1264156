/** From what the org answers to what the review shows. Pure. */
import { fill, timeText } from 'c/desk';
import { LABELS } from './labels';

/** Length of the field: ways beyond it are cut off. */
const LONGEST = 4000;
/** Ways that are drawn; the others are told in words. */
const MOST_DRAWN = 5;

const WIDTH = 280;
const LETTERS = 38;
const LINE = 16;
const PADDING = 8;
const ARROW = 24;

const SEVERITIES = ['high', 'medium', 'low', 'info'];

/** Words of decisions, for the choice and in rows. */
export const DECISIONS = [
  { value: 'keep', label: LABELS.KEEP },
  { value: 'convert', label: LABELS.CONVERT },
  { value: 'defer', label: LABELS.DEFER },
];
export const REOPEN = { value: 'open', label: LABELS.REOPEN };

/** Lines of a name that fit into a box; what is too long for a line is broken. */
const linesOf = (name) => {
  const lines = [''];
  for (const word of name.match(new RegExp(`\\S{1,${LETTERS}}`, 'g')) ?? []) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (longer.length <= LETTERS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};

/** Boxes from the source down to those outside, with arrows between them. */
const drawn = (names) => {
  let y = 1;
  const boxes = names.map((name, at) => {
    const lines = linesOf(name);
    const height = lines.length * LINE + 2 * PADDING;
    const box = {
      key: at,
      y,
      height,
      style: at === names.length - 1 ? 'box outside' : 'box',
      lines: lines.map((text, line) => ({ key: line, text, y: y + PADDING + line * LINE + 12 })),
      arrow: at > 0 && `M 140 ${y - ARROW + 2} V ${y - 3} m -5 -6 l 5 6 l 5 -6`,
    };
    y += height + ARROW;
    return box;
  });
  return { boxes, box: `0 0 ${WIDTH} ${y - ARROW + 1}` };
};

/**
 * @param finding its `path` has one way a line, names joined by ` > `
 * @returns what is drawn, and what is told in words alone
 */
export const waysOf = ({ path, isPathHidden }) => {
  const ways = (path ?? '').split('\n').filter(Boolean);
  const all = ways.map((text, at) => ({ key: at, text, words: fill(LABELS.WAY, at + 1, text) }));
  return {
    drawn: all.slice(0, MOST_DRAWN).map((way) => ({ ...way, ...drawn(way.text.split(' > ')) })),
    told: all.slice(MOST_DRAWN),
    hasTold: all.length > MOST_DRAWN,
    none: all.length > 0 ? undefined : isPathHidden ? LABELS.HIDDEN : LABELS.NO_WAY,
    isCut: (path ?? '').length >= LONGEST,
  };
};

const decidedWords = ({ State__c, Decision__c, Decided_By__r, Decided_At__c, Proposal_Exported__c: exported }) => {
  const decision = DECISIONS.find(({ value }) => value === Decision__c?.value);
  if (!decision) return State__c?.value === 'decided' ? [LABELS.IN_FILE] : [];
  const said = fill(
    LABELS.BY,
    decision.label,
    Decided_By__r?.Name?.value ?? LABELS.SOMEBODY,
    timeText(Decided_At__c?.value) ?? ''
  );
  const isChanged = State__c?.value === 'reopened' && exported?.value;
  if (isChanged) return [said, LABELS.CHANGED];
  if (State__c?.value === 'gone') return [said];
  return [said, exported?.value ? LABELS.TAKEN : LABELS.WAITS];
};

/** The text of a field that is not sent where the user may not see it. */
const textOf = (field, none = '') => (field ? (field.displayValue ?? String(field.value ?? none)) : LABELS.HIDDEN);

/** A finding as the page shows it. */
export const findingOf = ({ node }) => {
  const source = node.Source_Name__c?.value || node.Finding_Key__c.value;
  const decision = DECISIONS.find(({ value }) => value === node.Decision__c?.value);
  return {
    key: node.Id,
    source,
    findingKey: node.Finding_Key__c.value,
    severity: textOf(node.Severity__c),
    kind: textOf(node.Kind__c),
    object: textOf(node.Object__c),
    records: textOf(node.Records_Exposed__c, LABELS.NOT_COUNTED),
    path: node.Path__c?.value,
    isReasonHidden: !node.Decision_Reason__c,
    isPathHidden: !node.Path__c,
    decision: decision?.value,
    decided: decision?.label ?? (node.State__c?.value === 'decided' ? LABELS.IN_FILE : ''),
    reason: node.Decision_Reason__c?.value ?? '',
    words: decidedWords(node).map((text, at) => ({ key: at, text })),
    isGone: node.State__c?.value === 'gone',
    actionName: fill(LABELS.LOOK, source),
  };
};

/** Choices of a filter with their counts; what is chosen stays a choice where nothing is like it any more. */
export const choicesOf = (name, counts, chosen) => {
  const found = [...(counts?.[name] ?? [])];
  if (chosen && !found.some(({ value }) => value === chosen)) found.push({ value: chosen, count: 0 });
  const rank = ({ value }) => (name === 'severity' ? String(SEVERITIES.indexOf(value)) : value);
  found.sort((one, other) => rank(one).localeCompare(rank(other)));
  return [
    { value: '', label: LABELS.ALL },
    ...found.map(({ value, count }) => ({ value, label: fill(LABELS.FACET, value, count) })),
  ];
};
