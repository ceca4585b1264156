/** The one place where the practice org writes XML. Pure. */

/** XML that is written already and goes out as it is. */
export class RawXml {
  public constructor(public readonly text: string) {}
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** Characters that XML 1.0 cannot carry at all. */
// eslint-disable-next-line no-control-regex -- these are the characters in question
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Text for an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"\r]/g, (character) => ESCAPES[character]!);

/**
 * An element of a value: objects become child elements, arrays repeat the element, null is `xsi:nil`, undefined is
 * left out.
 */
export const element = (name: string, value: unknown, attributes = ''): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item, attributes)).join('');
  if (value === null) return `<${name}${attributes} xsi:nil="true"/>`;
  if (value instanceof RawXml) return `<${name}${attributes}>${value.text}</${name}>`;
  return `<${name}${attributes}>${typeof value === 'object' ? children(value) : escapeXml(`${value as string | number | boolean}`)}</${name}>`;
};

/** The properties of an object as elements, in their order. */
export const children = (value: object): string =>
  Object.entries(value)
    .map(([name, item]) => element(name, item))
    .join('');
