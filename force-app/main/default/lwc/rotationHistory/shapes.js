/** From gifts as the org answers them to rows. Pure. */
import { timeText } from 'c/desk';
import HIDDEN from '@salesforce/label/c.Channel_Desk_Hidden';
import HIDDEN_LEAD from '@salesforce/label/c.Channel_Desk_Hidden_Lead';
import WHY from '@salesforce/label/c.Channel_Desk_Board_Why';

/** Rows of gifts with the names of those who got them. @param {Map<string, string>} names by the ids of queues and users */
export const named = (rows, names) => rows.map((row) => ({ ...row, owner: names.get(row.ownerId) ?? row.ownerId }));

/** Rows of gifts, out of the edges of a page. */
export const historyRows = (edges, names) =>
  named(
    edges.map(({ node: { Id, CreatedDate, Outcome__c, Reason__c, Owner_After__c, Lead__r } }) => {
      const name = Lead__r?.Name.value ?? HIDDEN_LEAD;
      return {
        key: Id,
        name,
        ownerId: Owner_After__c?.value ?? HIDDEN,
        outcome: Outcome__c?.displayValue ?? Outcome__c?.value ?? HIDDEN,
        when: CreatedDate.displayValue ?? timeText(CreatedDate.value),
        why: Reason__c ? Reason__c.value : HIDDEN,
        actionName: `${WHY}: ${name}`,
      };
    }),
    names
  );
