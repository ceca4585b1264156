/** Mails as the org would write them, by the SOAP partner API: there is no REST resource that renders classic templates. */
import type { Connection } from '@salesforce/core';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { refreshed } from './http.js';

export type RenderedMail = { subject: string; body: string };

type Errors = { errors?: Array<{ statusCode?: string; message?: string }> };
type StoredResult = Errors & {
  renderedMessage?: { subject?: string; plainTextBody?: string; htmlBody?: string };
};
type TextsResult = Errors & { bodyResults?: Array<Errors & { mergedBody?: string }> };
type Body = {
  Fault?: { faultcode?: string; faultstring?: string };
  renderStoredEmailTemplateResponse?: { result?: StoredResult };
  renderEmailTemplateResponse?: { result?: TextsResult };
};

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (_name, path) => /\.(errors|bodyResults)$/.test(String(path)),
});

/** A template of the org, filled in for a lead or contact. @throws Error with `errorCode` */
export async function renderStoredTemplate(conn: Connection, template: string, whoId: string): Promise<RenderedMail> {
  const request = { request: { templateId: template, whoId } };
  const { renderStoredEmailTemplateResponse: answer } = await call(conn, { renderStoredEmailTemplate: request });
  const mail = answer?.result?.renderedMessage;
  if (!mail) throw refusal(answer?.result);
  return { subject: mail.subject ?? '', body: mail.plainTextBody ?? mail.htmlBody ?? '' };
}

/** Texts with merge fields, filled in for a lead or contact. @throws Error with `errorCode` */
export async function renderTexts(conn: Connection, texts: readonly string[], whoId: string): Promise<string[]> {
  const request = { renderRequests: { templateBodies: [...texts], whoId } };
  const { renderEmailTemplateResponse: answer } = await call(conn, { renderEmailTemplate: request });
  const results = answer?.result?.bodyResults;
  if (results?.length !== texts.length) throw refusal(answer?.result);
  return results.map((result) => {
    if (result.mergedBody === undefined) throw refusal(result);
    return result.mergedBody;
  });
}

function refusal(result: Errors | undefined): Error {
  const [error] = result?.errors ?? [];
  return Object.assign(new Error(error?.message ?? 'The org did not render the mail.'), {
    errorCode: error?.statusCode ?? 'UNKNOWN',
  });
}

async function call(conn: Connection, operation: object, mayRefresh = true): Promise<Body> {
  const response = await fetch(new URL(`/services/Soap/u/${conn.version}`, conn.instanceUrl), {
    method: 'POST',
    body: builder.build({
      '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
      'e:Envelope': {
        '@_xmlns:e': 'http://schemas.xmlsoap.org/soap/envelope/',
        '@_xmlns': 'urn:partner.soap.sforce.com',
        'e:Header': { SessionHeader: { sessionId: conn.accessToken ?? '' } },
        'e:Body': operation,
      },
    }),
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
  });
  const { Envelope } = parser.parse(await response.text()) as { Envelope?: { Body?: Body } };
  const body = Envelope?.Body ?? {};
  if (response.ok) return body;
  const code = body.Fault?.faultcode?.replace(/^.*:/, '') ?? `ERROR_HTTP_${response.status}`;
  if (code === 'INVALID_SESSION_ID' && mayRefresh && (await refreshed(conn))) return call(conn, operation, false);
  throw Object.assign(new Error(body.Fault?.faultstring ?? `The org answered with HTTP status ${response.status}.`), {
    errorCode: code,
  });
}
