/** `/services/Soap/…`: the partner and the metadata API are spoken, enterprise is refused in words. */
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Occasion } from '../faults/rules.js';
import type { Rooms } from '../http/rooms.js';
import { metadataOperations } from '../metadata/soap/operations.js';
import type { SoapCall } from './call.js';
import { child, parseEnvelope, text, type SoapRequest } from './envelope.js';
import { describeAll, describeMany, describeOne, query, queryMore, retrieve } from './reading.js';
import { soapFault, soapResult } from './reply.js';
import { create, remove, undelete, update, upsert } from './saving.js';
import { renderStored, renderTexts } from './templates.js';
import { getServerTimestamp, getUserInfo, login, logout, resetPassword, setPassword } from './users.js';

type Operation = (call: SoapCall) => unknown[];

const operations: Record<string, Operation> = {
  create,
  update,
  upsert,
  delete: remove,
  undelete,
  query: query(false),
  queryAll: query(true),
  queryMore,
  retrieve,
  describeGlobal: describeAll,
  describeSObject: describeOne,
  describeSObjects: describeMany,
  getUserInfo,
  getServerTimestamp,
  logout,
  setPassword,
  resetPassword,
  renderStoredEmailTemplate: renderStored,
  renderEmailTemplate: renderTexts,
};

export type SoapInit = {
  rooms: Rooms;
  n: number;
  /** `u`, `c` or `m`. */
  flavour: string;
  version: string;
  body: string;
  /** Token of the Authorization header, which some clients send beside or instead of SessionHeader. */
  bearer?: string;
  occasion: Occasion;
  /** Opens the session of a token. @throws PlatformError INVALID_SESSION_ID. */
  session: (token: string) => Session;
  /** Counts the call. @throws PlatformError REQUEST_LIMIT_EXCEEDED. */
  count: () => void;
};

export type SoapReply = { status: number; xml: string };

const refuseFlavour = ({ flavour, rooms }: SoapInit, operation: string): void => {
  if (flavour !== 'c') return;
  rooms.unsupported.add(`SOAP Enterprise ${operation}`);
  throw new PlatformError(
    'UNKNOWN_EXCEPTION',
    `Enterprise SOAP API is not supported by the practice org: ${operation}`,
    500
  );
};

const sessionOf = (init: SoapInit, { headers }: SoapRequest): Session => {
  const token = text(child(headers, 'SessionHeader'), 'sessionId')?.trim() ?? init.bearer;
  try {
    return init.session(token ?? '');
  } catch (error) {
    if (!(error instanceof PlatformError) || error.errorCode !== 'INVALID_SESSION_ID') throw error;
    const message = 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found';
    throw new PlatformError('INVALID_SESSION_ID', message, 500);
  }
};

const carryOut = (init: SoapInit, request: SoapRequest): unknown[] => {
  const { rooms, n, version, occasion } = init;
  const { operation, args, headers } = request;
  refuseFlavour(init, operation);
  const known = init.flavour === 'm' ? metadataOperations : operations;
  if (operation === 'login' && init.flavour === 'u') return login(rooms, args, version);
  const run = Object.hasOwn(known, operation) ? known[operation] : undefined;
  const session = sessionOf(init, request);
  if (!run) {
    rooms.unsupported.add(`SOAP ${init.flavour === 'm' ? 'Metadata ' : ''}${operation}`);
    throw new PlatformError('UNKNOWN_EXCEPTION', `No operation available for request: ${operation}`, 500);
  }
  init.count();
  return run({ rooms, n, version, headers, args, session, occasion });
};

/** Carries out one SOAP request. Never throws: what goes wrong is a fault with status 500. */
export const handleSoap = (init: SoapInit): SoapReply => {
  try {
    const request = parseEnvelope(init.body);
    const results = carryOut(init, request);
    return { status: 200, xml: soapResult(request.operation, results, init.rooms.org.limits.usage(), init.flavour) };
  } catch (error) {
    return { status: 500, xml: soapFault(error, init.flavour) };
  }
};
