const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that was written as HTML on purpose. */
export class Html {
  public constructor(public readonly text: string) {}
}

type Piece = string | number | Html | readonly Html[];

function escape(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map((part) => part.text).join('');
  return String(piece).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/** Template tag: everything put in is escaped, unless it is `Html` already. The only way text becomes HTML or SVG. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(parts.reduce((text, part, index) => text + escape(pieces[index - 1]!) + part));
}
