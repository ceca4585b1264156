/** Custom objects of the channel business. */
import { customObject, nextKeyPrefix, type CustomField } from '../catalog/custom.js';
import type { Seed } from './seed.js';

const picklist = (name: string, ...values: string[]): CustomField => ({
  name,
  type: 'Picklist',
  values: values.map((value, index) => ({ value, label: value, active: true, default: index === 0 })),
});

const amount = (name: string): CustomField => ({ name, type: 'Currency', precision: 16, scale: 2 });

/** By name, the order in which an org that is opened again knows them. */
const OBJECTS: ReadonlyArray<readonly [name: string, fields: CustomField[]]> = [
  ['Co_Marketing_Request__c', [picklist('Status__c', 'Open', 'Granted', 'Closed'), amount('Budget__c')]],
  [
    'Deal_Registration__c',
    [
      { name: 'Account__c', type: 'Lookup', referenceTo: 'Account', relationshipName: 'Deal_Registrations' },
      picklist('Status__c', 'Submitted', 'Approved', 'Rejected'),
      amount('Amount__c'),
    ],
  ],
  ['Marketing_Asset__c', [{ name: 'Link__c', type: 'Url' }]],
  [
    'Price_Agreement__c',
    [picklist('Tier__c', 'Bronze', 'Silver', 'Gold'), { name: 'Discount__c', type: 'Percent', precision: 5, scale: 2 }],
  ],
];

/** Names of the custom objects. */
export const CUSTOM_OBJECTS: readonly string[] = OBJECTS.map(([name]) => name);

/** Puts the objects into the catalogue, which the store keeps. */
export const addCustomObjects = (seed: Seed): void => {
  const { catalog } = seed.tools;
  for (const [name, fields] of OBJECTS) catalog.add(customObject({ name, fields }, nextKeyPrefix(catalog)));
};
