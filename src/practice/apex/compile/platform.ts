/** Names that the platform has and this runtime does not: what tells them from slips. */
import { plainKey } from '../runtime/basics.js';
import { MEMBERS, NAMESPACES, TYPES } from './platform-names.js';

const words = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

const namespaces = new Set(words(NAMESPACES));
const types = new Set(words(TYPES));

/** `enqueuejob/1` of each type, by the type's name in lower case. */
const members = new Map(
  Object.entries(MEMBERS).map(([type, list]) => [
    plainKey(type),
    new Set(
      words(list).flatMap((one) => {
        const [name, counts = ''] = one.split('/');
        return [...counts].map((count) => `${name}/${count}`);
      })
    ),
  ])
);

/** Whether a name is that of a type of the platform, of the namespace System or another one. */
export function isPlatformType(name: string): boolean {
  const key = plainKey(name);
  return types.has(key) || (key.includes('.') && namespaces.has(key.split('.')[0]!));
}

/** The part of a path that names something of the platform: `ApexPages`, `Schema.DisplayType`; undefined where nothing does. */
export function platformPath(path: readonly string[]): string | undefined {
  for (let end = path.length; end > 0; end--) {
    const name = path.slice(0, end).join('.');
    if (isPlatformType(name) || (end === 1 && namespaces.has(name.toLowerCase()))) return name;
  }
  return undefined;
}

/** Whether a type that is here lacks a method with so many arguments that the platform gives it. */
export function isPlatformMember(type: string, name: string, count: number): boolean {
  return members.get(plainKey(type.replace(/<.*/s, '')))?.has(`${name.toLowerCase()}/${count}`) ?? false;
}
