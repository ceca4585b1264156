/** Invocable actions (platform-facts D1): the simple mail here, mail alerts beside it. */
import { ok, type Call, type Reply } from '../http/call.js';
import { commit } from '../http/save.js';
import { fault, type SaveError } from '../errors.js';
import { actionResult, inputsOf, type Input } from './action-results.js';
import { alertRoutes } from './alerts.js';
import { apexActionRoutes } from './apex-actions.js';
import type { Router } from './router.js';

const MAX_ADDRESSES = 5;
const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;

const addressesOf = (input: Input): string[] => {
  const list = Array.isArray(input.emailAddressesArray) ? (input.emailAddressesArray as unknown[]) : [];
  const text = typeof input.emailAddresses === 'string' ? input.emailAddresses.split(',') : [];
  return [...text, ...list].map((address) => String(address).trim()).filter(Boolean);
};

const checkMail = (input: Input, addresses: string[]): SaveError | undefined => {
  if (typeof input.emailSubject !== 'string')
    return fault('REQUIRED_FIELD_MISSING', 'Missing required input parameter: emailSubject');
  if (typeof input.emailBody !== 'string')
    return fault('REQUIRED_FIELD_MISSING', 'Missing required input parameter: emailBody');
  if (addresses.length === 0)
    return fault('REQUIRED_FIELD_MISSING', 'Missing required input parameter: emailAddresses');
  if (addresses.length > MAX_ADDRESSES)
    return fault('LIMIT_EXCEEDED', `At most ${MAX_ADDRESSES} addresses are allowed`);
  const bad = addresses.find((address) => !ADDRESS.test(address));
  if (bad !== undefined) return fault('INVALID_EMAIL_ADDRESS', `Invalid email address: ${bad}`);
  const sender = input.senderType;
  if (sender === undefined || sender === 'CurrentUser' || sender === 'DefaultWorkflowUser') return undefined;
  return fault('INVALID_API_INPUT', `senderType ${JSON.stringify(sender)} is not available in this org`);
};

const sendSimple = (call: Call, input: Input): SaveError | undefined => {
  const addresses = addressesOf(input);
  const error = checkMail(input, addresses);
  if (error) return error;
  if (call.org.limits.remaining('SingleEmail') < addresses.length) {
    return fault('LIMIT_EXCEEDED', 'The daily limit for single emails has been exceeded');
  }
  const relatedId = typeof input.relatedRecordId === 'string' ? input.relatedRecordId : undefined;
  commit(call.rooms, call.occasion, () => {
    call.org.limits.use('SingleEmail', addresses.length);
    const [subject, body] = [String(input.emailSubject), String(input.emailBody)];
    call.org.outbox.send({
      kind: 'email-simple',
      to: addresses,
      from: call.session.user.Username,
      subject,
      body,
      relatedId,
    });
  });
  return undefined;
};

const emailSimple = (call: Call): Reply => {
  const errors = inputsOf(call).map((input) => sendSimple(call, input));
  const status = errors.some(Boolean) ? 400 : 200;
  return { status, body: errors.map((error) => actionResult('emailSimple', error)) };
};

const list = (call: Call): Reply =>
  ok({
    actions: [
      {
        label: 'Send Email',
        name: 'emailSimple',
        type: 'EMAILSIMPLE',
        url: `${call.base}/actions/standard/emailSimple`,
      },
    ],
  });

export const actionRoutes = (router: Router): Router =>
  alertRoutes(
    apexActionRoutes(router)
      .add('actions', {
        GET: (call) => ok({ standard: `${call.base}/actions/standard`, custom: `${call.base}/actions/custom` }),
      })
      .add('actions/standard', { GET: list })
      .add('actions/standard/emailSimple', { POST: emailSimple })
  );
