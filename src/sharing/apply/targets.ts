import type { MetadataBody } from '../../org/read/index.js';
import type { Target } from '../model.js';
import { mergeTargets } from '../targets.js';

/** A target as the `sharedTo` element of metadata; one that names nobody is an empty element (platform-facts B3). */
export const sharedTo = ({ element, names }: Target): MetadataBody => ({
  [element]: names.length === 0 ? '' : names.length === 1 ? names[0]! : names,
});

/** All targets as one `sharedTo` element: those of one name are an array of texts. */
export const sharedToAll = (targets: readonly Target[]): MetadataBody =>
  Object.assign({}, ...mergeTargets(targets).map(sharedTo)) as MetadataBody;
