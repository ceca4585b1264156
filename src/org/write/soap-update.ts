/** Owner changes by the SOAP partner API, whose e-mail header makes the org mail the new owners (platform-facts D1). */
import type { Connection } from '@salesforce/core';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { RowChange, RowResult } from './collections.js';
import { post } from './post.js';

type SoapError = { message?: string; statusCode?: string };
type SoapResult = { errors?: SoapError[]; id?: string; success?: string };
type Envelope = {
  Envelope: {
    Body: { Fault?: { faultcode?: string; faultstring?: string }; updateResponse?: { result?: SoapResult[] } };
  };
};

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (_name, path) => /\.(result|errors)$/.test(String(path)),
});

/**
 * Updates up to 200 records in one call, each for itself, and asks for a mail to each new owner. No assignment rule runs.
 * @returns results in the order of the changes
 * @throws Error with `errorCode` where the org refuses the call; TypeError where the reply was lost or cannot be read
 */
export async function updateWithMail(
  conn: Connection,
  object: string,
  changes: readonly RowChange[]
): Promise<RowResult[]> {
  const { status, text } = await post(conn, {
    path: `/services/Soap/u/${conn.version}`,
    body: envelope(conn.accessToken ?? '', object, changes),
    contentType: 'text/xml; charset=utf-8',
    headers: { soapaction: '""' },
  });
  const body = bodyOf(text);
  const results = body?.updateResponse?.result;
  if (results?.length === changes.length && results.every(isWhole)) return results.map(rowResult);
  const fault = body?.Fault;
  // An answer that nobody can read says nothing about what was written: it counts as lost.
  if (status === 200 && !fault) throw new TypeError('The answer of the org could not be read.');
  const code = fault?.faultcode?.replace(/^.*:/, '') ?? `ERROR_HTTP_${status}`;
  throw Object.assign(new Error(fault?.faultstring ?? `The org answered with HTTP status ${status}.`), {
    errorCode: code,
  });
}

function envelope(session: string, object: string, changes: readonly RowChange[]): string {
  const sObjects = changes.map(({ id, fields }) => {
    const cleared = Object.keys(fields).filter((name) => fields[name] === null);
    const set = Object.entries(fields).filter(([, value]) => value !== null);
    return {
      type: object,
      ...(cleared.length > 0 ? { fieldsToNull: cleared } : {}),
      Id: id,
      ...Object.fromEntries(set),
    };
  });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    'e:Envelope': {
      '@_xmlns:e': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@_xmlns': 'urn:partner.soap.sforce.com',
      'e:Header': {
        SessionHeader: { sessionId: session },
        EmailHeader: { triggerAutoResponseEmail: false, triggerOtherEmail: false, triggerUserEmail: true },
      },
      'e:Body': { update: { sObjects } },
    },
  });
}

function bodyOf(text: string): Envelope['Envelope']['Body'] | undefined {
  try {
    return (parser.parse(text) as Partial<Envelope>).Envelope?.Body;
  } catch {
    return undefined;
  }
}

/** The end of an answer that was cut off is missing. */
const isWhole = ({ success }: SoapResult): boolean => success === 'true' || success === 'false';

const rowResult = ({ id, success, errors = [] }: SoapResult): RowResult => ({
  id,
  success: success === 'true',
  errors: errors.map(({ statusCode = 'UNKNOWN', message = '' }) => ({ statusCode, message })),
});
