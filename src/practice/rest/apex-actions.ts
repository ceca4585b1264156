/** Invocable methods of Apex classes, `actions/custom/apex` (REST API Developer Guide, Invocable Actions). */
import { notFound, ok, type Call, type Reply } from '../http/call.js';
import { inputsOf } from './action-results.js';
import type { Router } from './router.js';

const list = (call: Call): Reply =>
  ok({
    actions: call.rooms.apex.actions().map(({ name, label }) => ({
      ...{ label, name, type: 'APEX', url: `${call.base}/actions/custom/apex/${name}` },
    })),
  });

const run = async (call: Call): Promise<Reply> => {
  const name = call.param('name');
  const results = await call.rooms.apex.action(call.session.user.Id, name, inputsOf(call));
  if (results === undefined) throw notFound();
  const isSuccess = results.every(({ error }) => error === undefined);
  return {
    status: isSuccess ? 200 : 400,
    body: results.map(({ output, error }) => ({
      ...{ actionName: name, errors: error ? [error] : null, isSuccess: error === undefined },
      outputValues: error || output === undefined ? null : { output },
    })),
  };
};

export const apexActionRoutes = (router: Router): Router =>
  router
    .add('actions/custom/apex', { GET: list })
    .add('actions/custom/apex/:name', { POST: run }, { composable: false });
