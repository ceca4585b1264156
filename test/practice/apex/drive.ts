/** Runs programs without an org. */
import type { ApexRequest, Host } from '../../../src/practice/apex/host.js';
import type { Runtime } from '../../../src/practice/apex/runtime/runtime.js';
import type { Value } from '../../../src/practice/apex/runtime/values.js';

/** Runs to the end, asking the host for every request. */
export async function drive(running: Generator<unknown, Value, Value>, host: Host, runtime: Runtime): Promise<Value> {
  let step = running.next(null);
  while (step.done !== true) {
    const answer = await answered(host, step.value as ApexRequest, runtime);
    step = 'error' in answer ? running.throw(answer.error) : running.next(answer.value);
  }
  return step.value;
}

async function answered(
  host: Host,
  request: ApexRequest,
  runtime: Runtime
): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await host.answer(request, runtime) };
  } catch (error) {
    return { error };
  }
}
