/** The invocable action of mail alerts (platform-facts D1). */
import type { ObjectDef } from '../catalog/types.js';
import { fault, PlatformError, type SaveError } from '../errors.js';
import { notFound, ok, type Call, type Reply } from '../http/call.js';
import { commit } from '../http/save.js';
import { ALERT_LIMIT, alertOf, sendAlert, type AlertCall } from '../mail/alerts.js';
import { splitName } from '../metadata/kind.js';
import type { Component } from '../metadata/types.js';
import { textOf } from '../metadata/xml/read.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import { actionResult, inputsOf, type Input } from './action-results.js';
import type { Router } from './router.js';

/** Inputs of one call. */
const MOST = 200;

const objectOf = (call: Call): ObjectDef => {
  const def = call.org.catalog.object(call.param('object'));
  if (!def) throw notFound();
  return def;
};

const listed = (call: Call, { fullName, body }: Component): object => {
  const { object, name } = splitName(fullName);
  return {
    label: textOf(body, 'description'),
    name,
    type: 'EMAILALERT',
    url: `${call.base}/actions/custom/emailAlert/${object}/${name}`,
  };
};

const alertsOf = (call: Call, object: string): Component[] =>
  call.org.tools.components.list('WorkflowAlert').filter(({ fullName }) => splitName(fullName).object === object);

const list = (call: Call): Reply => {
  const def = objectOf(call);
  return ok({ actions: alertsOf(call, def.name).map((alert) => listed(call, alert)) });
};

const objects = (call: Call): Reply => {
  const names = call.org.tools.components.list('WorkflowAlert').map(({ fullName }) => splitName(fullName).object);
  return ok(
    Object.fromEntries([...new Set(names)].map((name) => [name, `${call.base}/actions/custom/emailAlert/${name}`]))
  );
};

const describe = (call: Call): Reply => {
  const def = objectOf(call);
  const alert = alertsOf(call, def.name).find(
    ({ fullName }) => splitName(fullName).name.toLowerCase() === call.param('name').toLowerCase()
  );
  if (!alert) throw notFound();
  const input = {
    byteLength: 18,
    description: 'The ID of the record that the alert is about.',
    label: 'Record ID',
    maxOccurs: 1,
    name: 'SObjectRowId',
    picklistValues: null,
    required: true,
    sobjectType: null,
    type: 'ID',
  };
  return ok({ ...listed(call, alert), description: textOf(alert.body, 'description'), inputs: [input], outputs: [] });
};

/** Sends for one input. The platform's words for ids that lead nowhere are not known. [M] */
const send = (alert: AlertCall, { SObjectRowId: raw }: Input): SaveError | undefined => {
  const { tools, def, session } = alert;
  if (typeof raw !== 'string' || raw === '') {
    return fault('REQUIRED_FIELD_MISSING', 'Missing required input parameter: SObjectRowId');
  }
  if (!isId(raw)) return fault('MALFORMED_ID', `malformed id ${String(raw)}`);
  const row = prefixOf(to18(raw)) === def.keyPrefix ? tools.store.find(def, to18(raw)) : undefined;
  const readable = row && (session.can('viewAll', def) || tools.sharing.access(session.user.Id, def, to18(raw)).read);
  if (!readable) return fault('INVALID_CROSS_REFERENCE_KEY', `Invalid record ID for ${def.name}: ${raw}`);
  sendAlert(alert, row);
  return undefined;
};

const invoke = (call: Call): Reply => {
  const def = objectOf(call);
  const name = call.param('name');
  const definition = alertOf(call.org.tools, `${def.name}.${name}`);
  if (!definition) throw notFound();
  const inputs = inputsOf(call);
  if (inputs.length > MOST) {
    throw new PlatformError('LIMIT_EXCEEDED', `The number of inputs ${inputs.length} exceeds the limit of ${MOST}`);
  }
  const { tools, limits } = call.org;
  const left = limits.remaining(ALERT_LIMIT);
  const alert: AlertCall = { tools, session: call.session, def, alert: definition, left };
  const errors = commit(call.rooms, call.occasion, () => inputs.map((input) => send(alert, input)));
  limits.use(ALERT_LIMIT, left - alert.left);
  const status = errors.some(Boolean) ? 400 : 200;
  return { status, body: errors.map((error) => actionResult(name, error)) };
};

/** Adds the action to the routes. */
export const alertRoutes = (router: Router): Router =>
  router
    .add('actions/custom', { GET: (call) => ok({ emailAlert: `${call.base}/actions/custom/emailAlert` }) })
    .add('actions/custom/emailAlert', { GET: objects })
    .add('actions/custom/emailAlert/:object', { GET: list })
    .add('actions/custom/emailAlert/:object/:name', { GET: describe, POST: invoke });
