/** What we use of the library `formulon`, which has no types of its own. */
declare module 'formulon' {
  export type Tree =
    | { type: 'callExpression'; id: string; arguments: Tree[] }
    | { type: 'identifier'; name: string }
    | { type: 'literal'; value: string | number | boolean | null; dataType: string }
    | { type: 'error'; errorType: string; message: string };
  type Substitution = { type: 'literal'; dataType: string; value: unknown; options?: object };
  const formulon: {
    /** Syntax tree of a formula, or an error in its place. */
    ast(formula: string): Tree;
    /** Value of a formula with its fields replaced. */
    parse(formula: string, fields?: Record<string, Substitution>): Exclude<Tree, { type: 'callExpression' }>;
  };
  export default formulon;
}
