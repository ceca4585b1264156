/** Every request that components make of the practice org. Knows who is logged in; nobody else holds the token. */

const VERSION = 'v66.0';
const JSON_TYPE = 'application/json';

let session;

const messageOf = (body) => (Array.isArray(body) ? body[0] : body)?.message;

/** An answer that is no success, as `fetchResponse` of the platform gives it to components. */
class ResponseError extends Error {
  constructor({ status, statusText }, body) {
    super(messageOf(body) ?? statusText);
    this.name = 'ResponseError';
    this.ok = false;
    this.status = status;
    this.statusText = statusText;
    this.body = body;
    this.errorType = 'fetchResponse';
  }
}

const read = async (response) => {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith(JSON_TYPE);
  const body = text && isJson ? JSON.parse(text) : text || undefined;
  if (!response.ok) throw new ResponseError(response, body);
  return body;
};

const ask = async (path, { method = 'GET', body } = {}) => {
  const headers = { accept: JSON_TYPE };
  if (session) headers.authorization = `Bearer ${session.token}`;
  if (body !== undefined) headers['content-type'] = JSON_TYPE;
  try {
    return await read(
      await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
    );
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    const offline = { message: 'The practice org does not answer. Is it running? "sf channel practice status" tells.' };
    throw new ResponseError({ status: 0, statusText: 'No answer' }, offline);
  }
};

/**
 * Logs a user in, or the one of the last visit.
 * @param {string} [userId]
 * @returns {Promise<object>} session: user, permissions, users to switch to, the site
 */
export const logIn = async (userId) => {
  session = undefined;
  session = await ask('/workbench/session', { method: 'POST', body: { userId: userId ?? null } });
  return session;
};

/** Who is logged in. */
export const currentSession = () => session;

/** Asks `/services/data/vXX.0` and below. @throws ResponseError */
export const askData = (path, options) => ask(`/services/data/${VERSION}${path}`, options);

/** Calls a method with @AuraEnabled. @throws ResponseError with `body.message`, as the platform gives it */
export const callApex = (className, method, parameters) =>
  ask(`/workbench/apex/${className}/${method}`, { method: 'POST', body: parameters ?? {} });
