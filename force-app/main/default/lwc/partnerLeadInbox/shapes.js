/** From what Apex answers to what the inbox shows. Pure. */
import { fill } from 'c/desk';
import { LABELS } from './labels';

/** Facts of a lead in their order; empty ones are left out. */
const FACTS = [
  ['company', LABELS.COMPANY],
  ['country', LABELS.COUNTRY],
  ['industry', LABELS.INDUSTRY],
  ['email', LABELS.EMAIL],
  ['phone', LABELS.PHONE],
];

const sourceOf = ({ queueName, isAccepted }) => {
  if (queueName) return fill(LABELS.QUEUE, queueName);
  return isAccepted ? LABELS.IS_ACCEPTED : LABELS.TO_ACCEPT;
};

/** Two people may have one name; their buttons may not. */
const nameOf = ({ name, company }) => `${name}, ${company}`;

const shown = (offer) => ({
  ...offer,
  acceptName: fill(LABELS.ACCEPT_NAME, nameOf(offer)),
  declineName: fill(LABELS.DECLINE_NAME, nameOf(offer)),
  source: sourceOf(offer),
  mayAccept: !offer.isAccepted,
  facts: FACTS.filter(([field]) => offer[field]).map(([field, label]) => ({ field, label, value: offer[field] })),
});

const partOf = (name, { leads, hasMore }, count, none, more) => ({
  name,
  title: fill(hasMore ? LABELS.COUNT_MORE : LABELS.COUNT, name, leads.length),
  leads: leads.slice(0, count).map(shown),
  showMore: leads.length > count ? fill(LABELS.SHOW_MORE, name) : undefined,
  none: leads.length === 0 ? none : undefined,
  more: hasMore ? fill(more, leads.length) : undefined,
});

/** Leads of a part that are in the page at first, and that are added at once. */
const STEP = 24;

/**
 * Leads that are offered, and own ones, each with words where there are none or more than these.
 * @param steps how often somebody asked for more, by the name of the section
 */
export const sectionsOf = ({ offered, own }, steps) => {
  const count = (name) => STEP * (1 + (steps[name] ?? 0));
  return [
    partOf(LABELS.OFFERED, offered, count(LABELS.OFFERED), LABELS.NONE_OFFERED, LABELS.MORE),
    partOf(LABELS.YOURS, own, count(LABELS.YOURS), LABELS.NONE_YOURS, LABELS.MORE_YOURS),
  ];
};
