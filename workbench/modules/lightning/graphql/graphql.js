/** GraphQL of UI API. */
import { askData } from 'workbench/client';
import { refreshKeys, wireAdapter } from 'workbench/cache';

/** The text of a query; the platform parses it here, the practice org when it arrives. */
export const gql = (parts, ...values) => parts.reduce((text, part, at) => text + String(values[at - 1]) + part);

const post = ({ query, variables, operationName }) =>
  askData('/graphql', { method: 'POST', body: { query, variables, operationName } });

/** Errors of the transport have the shape of GraphQL's own. */
const answered = (asked) => asked.catch((error) => ({ data: undefined, errors: [{ message: error.message }] }));

const adapter = wireAdapter({
  name: 'graphql',
  isReady: ({ query, variables }) => Boolean(query) && Object.values(variables ?? {}).every((one) => one !== undefined),
  load: (config) => answered(post(config)),
  shape: ({ data }, refresh) => ({
    data: data?.data ?? undefined,
    errors: data?.errors?.length > 0 ? data.errors : undefined,
    refresh,
  }),
});

/** Wire: a query with its variables. Gives `data`, `errors` and `refresh`. */
export const graphql = { adapter };

/** Runs a mutation. Answers `data` and `errors`; never throws. */
export const executeMutation = async (mutation) => {
  const { data, errors } = await answered(post(mutation));
  if (!errors) await refreshKeys((key) => key.startsWith('record:'));
  return { data, errors };
};
