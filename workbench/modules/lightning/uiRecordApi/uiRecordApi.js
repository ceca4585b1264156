/** Records by UI API. */
import { askData } from 'workbench/client';
import { refreshKeys, wireAdapter } from 'workbench/cache';

const nameOf = (field) => (typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`);
const namesOf = (fields) => [fields ?? []].flat().map(nameOf);

const queryOf = ({ fields, optionalFields }) => {
  const query = new URLSearchParams();
  for (const [name, list] of Object.entries({ fields, optionalFields })) {
    if (list) query.set(name, namesOf(list).join(','));
  }
  return query;
};

/** Wire: one record with the fields named. */
export const getRecord = {
  adapter: wireAdapter({
    name: 'record',
    isReady: ({ recordId, fields, optionalFields }) => Boolean(recordId && (fields || optionalFields)),
    load: (config) => askData(`/ui-api/records/${encodeURIComponent(config.recordId)}?${queryOf(config)}`),
  }),
};

/** The path of a field through a record: `Lead.Owner.Name` is `fields.Owner.value.fields.Name`. */
const fieldOf = (record, field) =>
  nameOf(field)
    .split('.')
    .slice(1)
    .reduce((found, name) => (found?.value ?? found)?.fields?.[name], record);

export const getFieldValue = (record, field) => fieldOf(record, field)?.value;
export const getFieldDisplayValue = (record, field) => fieldOf(record, field)?.displayValue;

/** Everything shown of a record, or computed over records, is asked for again. */
const changed = (id) =>
  refreshKeys((key) => (key.startsWith('record:') ? key.includes(id) : key.startsWith('graphql:')));

export const createRecord = async ({ apiName, fields }) => {
  const record = await askData('/ui-api/records', { method: 'POST', body: { apiName, fields } });
  await changed(record.id);
  return record;
};

export const updateRecord = async ({ fields }) => {
  const { Id, ...values } = fields;
  const record = await askData(`/ui-api/records/${encodeURIComponent(Id)}`, {
    method: 'PATCH',
    body: { fields: values },
  });
  await changed(Id);
  return record;
};

export const deleteRecord = async (id) => {
  await askData(`/ui-api/records/${encodeURIComponent(id)}`, { method: 'DELETE' });
  await changed(id);
};

export const notifyRecordUpdateAvailable = (records) => Promise.all(records.map(({ recordId }) => changed(recordId)));
