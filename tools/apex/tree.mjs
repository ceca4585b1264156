/** Apex sources as trees. */
import * as apex from '@apexdevtools/apex-parser';

class Syntax extends apex.ApexErrorListener {
  problems = [];

  apexSyntaxError(line, column, message) {
    this.problems.push({ line, column: column + 1, rule: 'syntax', message });
  }
}

/** The tree of a class, and what is wrong with its syntax. */
export function parseClass(source) {
  const syntax = new Syntax();
  const { parser } = apex.ApexParserFactory.createLexerAndParser(source, syntax);
  return { tree: parser.compilationUnit(), problems: syntax.problems };
}

/** All nodes below one, itself first. */
export function* nodes(tree) {
  yield tree;
  for (const child of tree.children ?? []) yield* nodes(child);
}

/** Nodes of some kinds. */
export const ofKind = (tree, ...kinds) => [...nodes(tree)].filter((node) => kinds.some((kind) => node instanceof kind));

/** Where a node begins, counted from 1. */
export const placeOf = (node) => ({ line: node.start.line, column: node.start.column + 1 });

/** The nearest node above that is of one of the kinds. */
export function above(node, ...kinds) {
  for (let at = node.parentCtx; at; at = at.parentCtx) if (kinds.some((kind) => at instanceof kind)) return at;
  return undefined;
}

/** Modifiers and annotations of a declaration, in lower case without blanks. */
export function modifiersOf(declaration) {
  for (let at = declaration.parentCtx; at; at = at.parentCtx) {
    if (typeof at.modifier_list === 'function') return at.modifier_list().map((one) => one.getText().toLowerCase());
  }
  return [];
}

export const DML = [
  apex.InsertStatementContext,
  apex.UpdateStatementContext,
  apex.UpsertStatementContext,
  apex.DeleteStatementContext,
  apex.UndeleteStatementContext,
  apex.MergeStatementContext,
];

/** `Database.update(…)` and its kin. */
export const DATABASE_DML = /^database\.(insert|update|upsert|delete|undelete)(immediate|async)?$/;

export { apex };
