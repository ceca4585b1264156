/** Anonymous Apex over SOAP, as the sf CLI asks for it. */
import { expect } from 'chai';

/** What `executeAnonymous` answers. */
export type Anonymous = {
  compiled: boolean;
  success: boolean;
  line: number;
  column: number;
  compileProblem: string | undefined;
  exceptionMessage: string | undefined;
  exceptionStackTrace: string | undefined;
  /** Texts of System.debug. */
  log: string[];
  /** Lines of the debug log as they came. */
  lines: string[];
};

/** What stands before the text in a line of System.debug. */
export const PREFIX = /^\d\d:\d\d:\d\d\.\d+ \(\d+\)\|USER_DEBUG\|\[\d+\]\|\w+\|/;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#13;', '\r')
    .replaceAll('&amp;', '&');

/** Executes a block as the user of a session. */
export async function executeAnonymous(url: string, token: string, source: string): Promise<Anonymous> {
  const body = `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://soap.sforce.com/2006/08/apex">
    <env:Header><a:SessionHeader><a:sessionId>${token}</a:sessionId></a:SessionHeader></env:Header>
    <env:Body><executeAnonymous xmlns="http://soap.sforce.com/2006/08/apex"><String>${escaped(source)}</String></executeAnonymous></env:Body></env:Envelope>`;
  const response = await fetch(`${url}/services/Soap/s/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: 'executeAnonymous' },
    body,
  });
  const xml = await response.text();
  expect(response.status, xml).to.equal(200);
  const part = (name: string): string | undefined => {
    const found = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
    return found === undefined ? undefined : plain(found);
  };
  const lines = (part('debugLog') ?? '').split('\n').filter(Boolean);
  return {
    compiled: part('compiled') === 'true',
    success: part('success') === 'true',
    line: Number(part('line')),
    column: Number(part('column')),
    compileProblem: part('compileProblem'),
    exceptionMessage: part('exceptionMessage'),
    exceptionStackTrace: part('exceptionStackTrace'),
    log: lines.map((line) => line.replace(PREFIX, '')).filter(Boolean),
    lines,
  };
}
