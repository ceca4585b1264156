/** From gifts as the org answers them to rows. Pure. */
import { timeText } from 'c/desk';
import HIDDEN from '@salesforce/label/c.Channel_Desk_Hidden';
import HIDDEN_LEAD from '@salesforce/label/c.Channel_Desk_Hidden_Lead';
import WHY from '@salesforce/label/c.Channel_Desk_Board_Why';

/** Rows of gifts, out of the edges of a page. */
export const historyRows = (edges) =>
  edges.map(({ node: { Id, CreatedDate, Outcome__c, Reason__c, Owner_After__c, Lead__r } }) => {
    const name = Lead__r?.Name.value ?? HIDDEN_LEAD;
    const why = Reason__c ? Reason__c.value : HIDDEN;
    return {
      key: Id,
      name,
      ownerId: Owner_After__c?.value,
      outcome: Outcome__c?.displayValue ?? Outcome__c?.value ?? HIDDEN,
      when: CreatedDate.displayValue ?? timeText(CreatedDate.value),
      why,
      // Who speaks to the page says what is written on the button.
      actionName: `${WHY}: ${name}: ${why}`,
    };
  });

const ownerOf = ({ ownerId }, names) => (ownerId ? (names.get(ownerId) ?? '') : HIDDEN);

const named = (rows, names) => rows.map((row) => ({ ...row, owner: ownerOf(row, names) }));

/**
 * Rows and those of one page more. The rows before stay as they are: of thousands only those that are new cost time.
 * @param {object[]} rows of `rowsOf`
 * @param {object[]} page of `historyRows`
 * @param {Map<string, string>} names as in `rowsOf`
 */
export const withPage = (rows, page, names) => {
  const known = new Set(rows.map(({ key }) => key));
  return [
    ...rows,
    ...named(
      page.filter(({ key }) => !known.has(key)),
      names
    ),
  ];
};

/**
 * All rows of pages, each gift once: a page that was read earlier may have what the next one has moved on to.
 * @param {Iterable<object[]>} pages
 * @param {Map<string, string>} names by the ids of queues and users; an owner is blank while its name is being asked for
 */
export const rowsOf = (pages, names) => {
  const rows = new Map([...pages].flat().map((row) => [row.key, row]));
  return named([...rows.values()], names);
};

/** Ids of owners without a name. */
export const unnamed = (rows, names) => [
  ...new Set(rows.map(({ ownerId }) => ownerId).filter((id) => id && !names.has(id))),
];
