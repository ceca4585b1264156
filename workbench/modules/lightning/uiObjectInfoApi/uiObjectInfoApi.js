/** Descriptions of objects by UI API. */
import { askData } from 'workbench/client';
import { wireAdapter } from 'workbench/cache';

const nameOf = (object) => encodeURIComponent(typeof object === 'string' ? object : object.objectApiName);

/** Wire: fields, labels and record types of an object. */
export const getObjectInfo = {
  adapter: wireAdapter({
    name: 'object',
    isReady: ({ objectApiName }) => Boolean(objectApiName),
    load: ({ objectApiName }) => askData(`/ui-api/object-info/${nameOf(objectApiName)}`),
  }),
};

/** Wire: values of a picklist for a record type. */
export const getPicklistValues = {
  adapter: wireAdapter({
    name: 'picklist',
    isReady: ({ recordTypeId, fieldApiName }) => Boolean(recordTypeId && fieldApiName),
    load: ({ recordTypeId, fieldApiName: { objectApiName, fieldApiName } }) =>
      askData(
        `/ui-api/object-info/${nameOf(objectApiName)}/picklist-values/${encodeURIComponent(recordTypeId)}/${encodeURIComponent(fieldApiName)}`
      ),
  }),
};
