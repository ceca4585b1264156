/** What the components of Channel Desk share: texts with places, numbers and times of the user, and errors in words. */
import HIDDEN_FIELDS from '@salesforce/label/c.Channel_Desk_Hidden_Fields';
import NOT_SHOWN from '@salesforce/label/c.Channel_Desk_Not_Shown';
import UNKNOWN from '@salesforce/label/c.Channel_Desk_Unknown_Problem';

export { dayIn, numberWriter, startOf, timeText } from './local';

/**
 * Fills the places of a label, such as {0}.
 * @param {string} label
 * @param {...unknown} values
 * @returns {string}
 */
export const fill = (label, ...values) => label.replace(/\{(\d+)\}/g, (_, place) => String(values[place] ?? ''));

/** Sentences in what Apex, UI API or GraphQL answered. */
const sentencesOf = (error) => {
  if (Array.isArray(error)) return error.flatMap(sentencesOf);
  const { body, message, extensions } = error ?? {};
  // GraphQL knows no fields but those that the user may see.
  if (extensions?.ErrorType === 'ValidationError') return [fill(NOT_SHOWN, message)];
  const fields = Object.values(body?.output?.fieldErrors ?? {}).flat();
  const details = [...(body?.output?.errors ?? []), ...fields].map((one) => one.message);
  if (details.length > 0) return details;
  if (Array.isArray(body)) return body.map((one) => one.message);
  return [body?.message ?? message].filter(Boolean);
};

/**
 * What went wrong, for the person in front of the page.
 * @param {unknown} error of a wire, of Apex, or the errors of a GraphQL query
 * @returns {string}
 */
export const errorText = (error) => [...new Set(sentencesOf(error))].join(' ') || UNKNOWN;

/** Names of optional fields that records do not have, see `hiddenText`. */
export const hiddenFields = ([first], labels) => Object.keys(labels).filter((field) => first && !(field in first.node));

/**
 * @param {string[]} labels of fields that the user may not see
 * @returns {string | undefined} a sentence that names them; undefined where there are none
 */
export const hiddenWords = (labels) => (labels.length > 0 ? fill(HIDDEN_FIELDS, labels.join(', ')) : undefined);

/**
 * What GraphQL left out of records, where a query marks it with `@optional`, because the user may not see it.
 * @param {Array<{ node: object }>} edges
 * @param {Record<string, string>} labels of optional fields, by the names of these
 * @returns {string | undefined} a sentence that names the hidden fields
 */
export const hiddenText = (edges, labels) => hiddenWords(hiddenFields(edges, labels).map((field) => labels[field]));
