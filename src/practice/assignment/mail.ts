/** The mail of an entry with a template to whom it gave the record. */
import { ownerAddresses } from '../mail/recipients.js';
import { render, templateByName } from '../mail/templates.js';
import type { Draft, Saving } from '../save/context.js';

/** Sends the mail, unless the org waits to be asked for it; the owner mail of the same save is not sent beside it. */
export const mailAssignment = (saving: Saving, draft: Draft, ownerId: string, name: string): void => {
  const { tools, def, options, userId } = saving;
  // D1, KB 000384839: whether an API save has to ask for it nobody has verified.
  if (tools.variants.assignmentMail === 'asked' && !options.email?.triggerUserEmail) return;
  const template = templateByName(tools, name);
  const to = ownerAddresses(tools, tools.owners.require(def, ownerId));
  if (!template || to.length === 0) return;
  draft.mailed = true;
  tools.outbox.send({
    kind: 'assignment',
    template: template.developerName,
    to,
    from: options.session.user.Username,
    ...render(tools, template, { def, id: draft.id, senderId: userId }),
    relatedId: draft.id,
  });
};
