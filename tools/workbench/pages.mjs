/** What the package says of its app: tabs, pages, actions, list buttons and screens, for the shell of the workbench to show. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const LISTS = new Set([
  'actionOverrides',
  'componentInstanceProperties',
  'fields',
  'flexiPageRegions',
  'inputParameters',
  'itemInstances',
  'screens',
  'tabs',
  'target',
  'valueListItems',
]);
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => LISTS.has(name) });

const read = (file) => Object.values(parser.parse(readFileSync(file, 'utf8'))).find((one) => typeof one === 'object');

/** Components of a kind by their names. */
const all = (source, pattern) =>
  Object.fromEntries(
    globSync(pattern, { cwd: source }).map((file) => [
      basename(file).split('.').slice(0, -1).join('.'),
      read(join(source, file)),
    ])
  );

const propertyOf = ({ name, value, valueList }) => [
  name,
  valueList ? valueList.valueListItems.map((item) => item.value) : value,
];

const componentOf = ({ componentInstance: { componentName, componentInstanceProperties = [] } }) => ({
  name: componentName,
  properties: Object.fromEntries(componentInstanceProperties.map(propertyOf)),
});

const pageOf = ({ masterLabel, flexiPageRegions }) => ({
  label: masterLabel,
  regions: flexiPageRegions.map(({ name, itemInstances = [] }) => ({
    name,
    components: itemInstances.map(componentOf),
  })),
});

const STANDARD = /^standard-(\w+)$/;
const LABELS = { Lead: 'Leads', Account: 'Accounts' };

const tabOf = (tabs) => (name) => {
  const object = STANDARD.exec(name)?.[1];
  if (object) return { name, label: LABELS[object] ?? object, object };
  return { name, label: tabs[name].label, page: tabs[name].flexiPage };
};

const screenOf = ({ label, screens }) => ({
  label,
  components: screens
    .flatMap(({ fields }) => fields)
    .filter(({ fieldType }) => fieldType === 'ComponentInstance')
    .map(({ extensionName, inputParameters = [] }) => ({
      name: extensionName.replace(/^c:/, ''),
      inputs: Object.fromEntries(inputParameters.map(({ name, value }) => [name, value.elementReference])),
    })),
});

const siteComponents = (source) =>
  Object.entries(all(source, 'lwc/*/*.js-meta.xml'))
    .filter(([, { targets }]) => targets?.target.includes('lightningCommunity__Page'))
    .map(([name]) => name.replace(/\.js-meta$/, ''));

/** @param {string} source such as `force-app/main/default` */
export const readPages = (source) => {
  const strip = (found) =>
    Object.fromEntries(Object.entries(found).map(([name, one]) => [name.replace(/\.\w+-meta$/, ''), one]));
  const [app] = Object.values(all(source, 'applications/*.app-meta.xml'));
  const tabs = strip(all(source, 'tabs/*.tab-meta.xml'));
  const pages = strip(all(source, 'flexipages/*.flexipage-meta.xml'));
  const map = (found, make) =>
    Object.fromEntries(Object.entries(strip(found)).map(([name, one]) => [name, make(one, name)]));
  return {
    label: app.label,
    tabs: app.tabs.map(tabOf(tabs)),
    pages: map(pages, pageOf),
    recordPages: Object.fromEntries(
      app.actionOverrides.map(({ pageOrSobjectType, content }) => [pageOrSobjectType, content])
    ),
    actions: map(all(source, 'quickActions/*.quickAction-meta.xml'), ({ label, lightningWebComponent }) => ({
      label,
      component: lightningWebComponent,
    })),
    buttons: Object.fromEntries(
      globSync('objects/*/webLinks/*.webLink-meta.xml', { cwd: source }).map((file) => {
        const { masterLabel, url } = read(join(source, file));
        return [file.split('/')[1], { label: masterLabel, flow: /^\/flow\/(\w+)/.exec(url)?.[1] }];
      })
    ),
    screens: map(all(source, 'flows/*.flow-meta.xml'), screenOf),
    site: siteComponents(source),
  };
};
