/** Metadata files as plain data: the one place where their XML is read. */
import { XMLParser } from 'fast-xml-parser';

/** Content of an element: text, nested elements, or arrays of them where an element repeats. */
export type MetadataBody = { [element: string]: MetadataBody | MetadataBody[] | string | string[] | undefined };

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  // Definitions come from an org; entities of a document type would only be an attack.
  processEntities: true,
  // Also references by number, as &#39;.
  htmlEntities: true,
});

/** Root element and content of a metadata file. @throws Error where it is no well-formed XML with one root */
export function parseMetadata(xml: string): { root: string; body: MetadataBody } {
  const document = parser.parse(xml, true) as MetadataBody;
  const [root] = Object.keys(document).filter((name) => !name.startsWith('?'));
  if (root === undefined) throw new Error('The file has no root element.');
  const body = document[root];
  return { root, body: typeof body === 'object' && !Array.isArray(body) ? body : {} };
}

/** Elements of a name, as data; text elements count as empty ones. */
export function listOf(body: MetadataBody | undefined, element: string): MetadataBody[] {
  return many(body?.[element]).map((value) => (typeof value === 'string' ? {} : value));
}

/** Texts of the elements of a name. */
export function textsOf(body: MetadataBody | undefined, element: string): string[] {
  return many(body?.[element]).flatMap((value) => (typeof value === 'string' ? [value] : []));
}

/** Text of the first element of a name; undefined where there is none, or it is empty. */
export function textOf(body: MetadataBody | undefined, element: string): string | undefined {
  return textsOf(body, element)[0] || undefined;
}

/** Whether an element holds `true`. */
export const isOn = (body: MetadataBody | undefined, element: string): boolean => textOf(body, element) === 'true';

function many(value: MetadataBody[string]): Array<MetadataBody | string> {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
