import type { MetadataBody } from '../../org/read/index.js';
import type { Target } from '../model.js';

/** A target as the `sharedTo` element of metadata; one that names nobody is an empty element (platform-facts B3). */
export const sharedTo = ({ element, names }: Target): MetadataBody => ({
  [element]: names.length === 0 ? '' : names.length === 1 ? names[0]! : names,
});
