/** Custom labels: one file for all of them. */
import { fromTheStart, listComponents } from '../listing.js';
import { checkApiName, type Incoming, type Kind, type Work } from '../kind.js';
import { Problem } from '../problem.js';
import { textOf } from '../xml/read.js';

const VALUE_LENGTH = 1000;
const DESCRIPTION_LENGTH = 80;

const check = ({ fullName, body }: Incoming): void => {
  checkApiName(fullName);
  if (textOf(body, 'value').length > VALUE_LENGTH)
    throw new Problem(`Value: data value too large (max length=${VALUE_LENGTH})`);
  if (textOf(body, 'shortDescription').length > DESCRIPTION_LENGTH) {
    throw new Problem(`Short Description: data value too large (max length=${DESCRIPTION_LENGTH})`);
  }
};

export const customLabel: Kind = {
  name: 'CustomLabel',
  parent: 'CustomLabels',
  order: 5,
  list: (tools) => listComponents(tools, 'CustomLabel'),
  read: (tools, fullName) => tools.components.find('CustomLabel', fullName)?.body,
  write: ({ tools, author }: Work, incoming) => {
    check(incoming);
    return tools.components.put(author, { type: 'CustomLabel', ...incoming });
  },
  remove: ({ tools }, fullName) => tools.components.remove('CustomLabel', fullName),
};

const FILE = 'CustomLabels';

export const customLabels: Kind = {
  name: 'CustomLabels',
  place: { directory: 'labels', suffix: 'labels' },
  parts: { labels: 'CustomLabel' },
  order: 4,
  list: (tools) => [fromTheStart(tools, FILE)],
  read: (_tools, fullName) => (fullName === FILE ? {} : undefined),
  write: (_work, { fullName }) => {
    if (fullName !== FILE) throw new Problem(`Custom labels are in a file named ${FILE}, not ${fullName}`);
    return { id: '', created: false, changed: false };
  },
};
