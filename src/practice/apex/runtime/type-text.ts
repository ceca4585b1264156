/** The parts of a type as it is written: `Map<Id, List<X>>` is Map with the texts `Id` and `List<X>`. */
export function typeParts(text: string): { name: string; args: readonly string[] } {
  const [, name = text, inner] = /^([\w.]+)\s*(?:<(.*)>)?$/s.exec(text.trim()) ?? [];
  return { name, args: inner === undefined ? [] : split(inner) };
}

function split(text: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ''];
  for (const sign of text) {
    depth += sign === '<' ? 1 : sign === '>' ? -1 : 0;
    if (sign === ',' && depth === 0) [part] = ['', parts.push(part.trim())];
    else part += sign;
  }
  return [...parts, part.trim()];
}
