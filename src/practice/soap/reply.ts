/** SOAP answers of the partner and the metadata API. */
import { PlatformError } from '../errors.js';
import { element, escapeXml, RawXml } from './xml.js';

const PARTNER = 'xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:sobject.partner.soap.sforce.com"';
const METADATA = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

const open = (flavour: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ` ${flavour === 'm' ? METADATA : PARTNER}` +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">';

const CLOSE = '</soapenv:Body></soapenv:Envelope>';

/**
 * Answer of an operation: one `result` element for each result. `usage` is such as `api-usage=3/100000`, `flavour` the
 * letter of the API.
 */
export const soapResult = (operation: string, results: unknown[], usage: string, flavour = 'u'): string => {
  const [current = '0', limit = '0'] = usage.replace(/^api-usage=/, '').split('/');
  const limitInfo = element('LimitInfoHeader', { limitInfo: { current, limit, type: 'API REQUESTS' } });
  const body = element(`${operation}Response`, new RawXml(results.map((result) => element('result', result)).join('')));
  return `${open(flavour)}<soapenv:Header>${limitInfo}</soapenv:Header><soapenv:Body>${body}${CLOSE}`;
};

const faultOpen =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';

const faultTypes: Record<string, string> = {
  INVALID_LOGIN: 'LoginFault',
  INVALID_FIELD: 'InvalidFieldFault',
  MALFORMED_QUERY: 'MalformedQueryFault',
  INVALID_TYPE: 'InvalidSObjectFault',
  MALFORMED_ID: 'InvalidIdFault',
  INVALID_QUERY_LOCATOR: 'InvalidQueryLocatorFault',
};

/** Faults of the metadata API have no detail. */
const metadataFault = (code: string, message: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body><soapenv:Fault>' +
  `<faultcode>sf:${escapeXml(code)}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring>` +
  `</soapenv:Fault>${CLOSE}`;

/** A fault; it goes out with HTTP status 500. */
export const soapFault = (error: unknown, flavour = 'u'): string => {
  const code = error instanceof PlatformError ? error.errorCode : 'UNKNOWN_EXCEPTION';
  const message = error instanceof Error ? error.message : String(error);
  if (flavour === 'm') return metadataFault(code, message);
  const type = faultTypes[code] ?? 'UnexpectedErrorFault';
  const detail = `<sf:exceptionCode>${escapeXml(code)}</sf:exceptionCode><sf:exceptionMessage>${escapeXml(message)}</sf:exceptionMessage>`;
  return (
    `${faultOpen}<soapenv:Fault><faultcode>sf:${escapeXml(code)}</faultcode>` +
    `<faultstring>${escapeXml(`${code}: ${message}`)}</faultstring>` +
    `<detail><sf:${type} xsi:type="sf:${type}">${detail}</sf:${type}></detail></soapenv:Fault>${CLOSE}`
  );
};
