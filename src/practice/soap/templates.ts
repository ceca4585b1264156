/** Rendering of mail templates, as a client shows a mail before it is sent. */
import { fault, type SaveError } from '../errors.js';
import { mergeFor, type MailSubject } from '../mail/merge.js';
import { render, templateById } from '../mail/templates.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import type { SoapCall } from './call.js';
import { all, child, isElement, text, textOf, type Node } from './envelope.js';

const failed = (error: SaveError): object => ({ errors: [error], success: false });

/** The record that a request names as `whoId` or `whatId`. */
const subjectOf = ({ rooms, session }: SoapCall, request: Node): MailSubject | SaveError => {
  const raw = text(request, 'whoId') ?? text(request, 'whatId') ?? '';
  if (!isId(raw)) return fault('MALFORMED_ID', `malformed id ${String(raw)}`);
  const id = to18(raw);
  const { catalog, tools } = rooms.org;
  const def = catalog.byPrefix(prefixOf(id));
  if (!def || !tools.store.find(def, id) || !tools.sharing.access(session.user.Id, def, id).read) {
    return fault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  return { def, id, senderId: session.user.Id };
};

/** The stored template of a request, rendered for the record that it names. */
export const renderStored = (call: SoapCall): object[] => {
  const request = child(call.args, 'request');
  const { tools } = call.rooms.org;
  const raw = text(request, 'templateId') ?? '';
  const template = isId(raw) ? templateById(tools, to18(raw)) : undefined;
  if (!template) return [failed(fault('INVALID_CROSS_REFERENCE_KEY', `invalid template id ${String(raw)}`))];
  const subject = subjectOf(call, request);
  if ('statusCode' in subject) return [failed(subject)];
  const mail = render(tools, template, subject);
  const body = template.isHtml ? { htmlBody: mail.body } : { plainTextBody: mail.body };
  return [{ renderedMessage: { ...body, subject: mail.subject, templateId: template.id }, success: true }];
};

const renderOne = (call: SoapCall, request: Node): object => {
  const subject = subjectOf(call, request);
  if ('statusCode' in subject) return failed(subject);
  const merge = mergeFor(call.rooms.org.tools, subject);
  const bodies = all(request, 'templateBodies').map((body) => merge(textOf(body) ?? ''));
  return { bodyResults: bodies.map((mergedBody) => ({ mergedBody, success: true })), success: true };
};

/** Texts of a request, rendered for the record that it names. */
export const renderTexts = (call: SoapCall): object[] =>
  all(call.args, 'renderRequests')
    .filter(isElement)
    .map((request) => renderOne(call, request));
