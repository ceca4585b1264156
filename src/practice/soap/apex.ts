/** The Apex API of SOAP, `/services/Soap/s/…`: `sf apex run` executes anonymous Apex by it (org-wire-protocol). */
import type { AnonymousOutcome } from '../apex/org/outcomes.js';
import { PlatformError } from '../errors.js';
import { text, type SoapRequest } from './envelope.js';
import type { SoapReply } from './handler.js';
import { element } from './xml.js';

const OPEN =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns="http://soap.sforce.com/2006/08/apex" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';

/** The result of `executeAnonymous`; what there is nothing to say about is nil (Apex Developer Guide, executeAnonymous). */
function anonymousResult({ problem, failure }: AnonymousOutcome): string {
  const { line, column } = problem ?? failure ?? { line: -1, column: -1 };
  return element('result', {
    column,
    compileProblem: problem?.message ?? null,
    compiled: problem === undefined,
    exceptionMessage: failure ? `${failure.type}: ${failure.message}` : null,
    exceptionStackTrace: failure?.stack ?? null,
    line,
    success: problem === undefined && failure === undefined,
  });
}

/** @throws PlatformError UNKNOWN_EXCEPTION for another operation than `executeAnonymous` */
export async function apexOperation(
  { operation, args }: SoapRequest,
  execute: (source: string) => Promise<AnonymousOutcome>
): Promise<SoapReply> {
  if (operation !== 'executeAnonymous')
    throw new PlatformError('UNKNOWN_EXCEPTION', `No operation available for request: ${operation}`, 500);
  const outcome = await execute(text(args, 'String') ?? text(args, 'apexcode') ?? '');
  const debug = element('DebuggingInfo', { debugLog: outcome.log.join('\n') });
  const body = `<executeAnonymousResponse>${anonymousResult(outcome)}</executeAnonymousResponse>`;
  return {
    status: 200,
    xml: `${OPEN}<soapenv:Header>${debug}</soapenv:Header><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
  };
}
