import type { Annotation, Sharing } from '../runtime/objects.js';

/** A place in the source; lines and columns count from 1, as the platform prints them. */
export type Pos = { readonly line: number; readonly column: number };

/** A type as it is written: `Map<Id, Lead>`; `Lead[]` is `List<Lead>`. */
export type TypeName = { readonly name: string; readonly args: readonly TypeName[]; readonly at: Pos };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '==='
  | '!=='
  | '&&'
  | '||'
  | '??';

type Node<Kind extends string, Rest = object> = { readonly kind: Kind; readonly at: Pos } & Readonly<Rest>;

export type LiteralExpr = Node<
  'literal',
  { type: 'Integer' | 'Long' | 'Decimal' | 'String' | 'Boolean' | 'null'; text: string }
>;
export type NameExpr = Node<'name', { name: string }>;
export type FieldExpr = Node<'field', { target: Expr; name: string; safe: boolean }>;
export type CallExpr = Node<'call', { target: Expr | undefined; name: string; args: readonly Expr[]; safe: boolean }>;
/** `this(...)` and `super(...)` in a constructor. */
export type ChainExpr = Node<'chain', { to: 'this' | 'super'; args: readonly Expr[] }>;
export type NewExpr = Node<
  'new',
  {
    type: TypeName;
    /** What stands behind the name: arguments, elements in braces, pairs in braces, a size in brackets. */
    form: 'args' | 'elements' | 'pairs' | 'size';
    /** Pairs: key, value, key, value. */
    args: readonly Expr[];
  }
>;
export type IndexExpr = Node<'index', { target: Expr; index: Expr }>;
export type BinaryExpr = Node<'binary', { op: BinaryOperator; left: Expr; right: Expr }>;
export type UnaryExpr = Node<'unary', { op: '-' | '+' | '!' | '~'; operand: Expr }>;
export type StepExpr = Node<'step', { op: '++' | '--'; prefix: boolean; target: Expr }>;
/** `op` is undefined for `=`, `+` for `+=`. */
export type AssignExpr = Node<'assign', { op: BinaryOperator | undefined; target: Expr; value: Expr }>;
export type TernaryExpr = Node<'ternary', { test: Expr; yes: Expr; no: Expr }>;
export type CastExpr = Node<'cast', { type: TypeName; operand: Expr }>;
export type InstanceofExpr = Node<'instanceof', { operand: Expr; type: TypeName }>;
export type ClassLiteralExpr = Node<'classLiteral', { type: TypeName }>;
/** What is Apex and not done here: refused where it is reached. */
export type Missing = Node<'missing', { what: string }>;
/** A query; each `:expression` stands in the text as `:b0`, `:b1`. */
export type SoqlExpr = Node<'soql', { text: string; binds: readonly Expr[] }>;

export type Expr =
  | LiteralExpr
  | NameExpr
  | Node<'this'>
  | Node<'super'>
  | FieldExpr
  | CallExpr
  | ChainExpr
  | NewExpr
  | IndexExpr
  | BinaryExpr
  | UnaryExpr
  | StepExpr
  | AssignExpr
  | TernaryExpr
  | CastExpr
  | InstanceofExpr
  | ClassLiteralExpr
  | SoqlExpr
  | Missing;

export type Variable = { readonly name: string; readonly value: Expr | undefined; readonly at: Pos };
export type LocalStmt = Node<'local', { type: TypeName; variables: readonly Variable[] }>;
export type BlockStmt = Node<'block', { body: readonly Stmt[] }>;
export type IfStmt = Node<'if', { test: Expr; yes: Stmt; no: Stmt | undefined }>;
export type WhileStmt = Node<'while', { test: Expr; body: Stmt }>;
export type DoStmt = Node<'do', { test: Expr; body: Stmt }>;
export type ForStmt = Node<
  'for',
  { init: LocalStmt | readonly Expr[]; test: Expr | undefined; update: readonly Expr[]; body: Stmt }
>;
export type ForEachStmt = Node<'forEach', { type: TypeName; name: string; over: Expr; body: Stmt }>;
export type CatchClause = {
  readonly type: TypeName;
  readonly name: string;
  readonly body: BlockStmt;
  readonly at: Pos;
};
export type TryStmt = Node<'try', { body: BlockStmt; catches: readonly CatchClause[]; finally: BlockStmt | undefined }>;
/** `when` of a switch: values (literals, or names of an enum's values), a type with a variable, or else. */
export type WhenClause = {
  readonly at: Pos;
  readonly body: BlockStmt;
  readonly match:
    | { readonly kind: 'values'; readonly values: readonly Expr[] }
    | { readonly kind: 'type'; readonly type: TypeName; readonly name: string }
    | { readonly kind: 'else' };
};
export type SwitchStmt = Node<'switch', { on: Expr; whens: readonly WhenClause[] }>;
export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';
export type DmlStmt = Node<
  'dml',
  { operation: DmlOperation; records: Expr; access: 'user' | 'system' | undefined; externalId: string | undefined }
>;
export type RunAsStmt = Node<'runAs', { user: Expr; body: BlockStmt }>;

export type Stmt =
  | LocalStmt
  | BlockStmt
  | IfStmt
  | WhileStmt
  | DoStmt
  | ForStmt
  | ForEachStmt
  | TryStmt
  | SwitchStmt
  | DmlStmt
  | RunAsStmt
  | Missing
  | Node<'return', { value: Expr | undefined }>
  | Node<'throw', { value: Expr }>
  | Node<'break'>
  | Node<'continue'>
  | Node<'expression', { value: Expr }>;

/** Modifiers in lower case without annotations: `private`, `static`, `override`. */
type Modified = {
  readonly modifiers: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly at: Pos;
};

export type Parameter = { readonly name: string; readonly type: TypeName };
/** `returns` is undefined for void, `body` for abstract methods and those of interfaces. */
export type MethodDecl = Modified & {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: TypeName | undefined;
  readonly body: BlockStmt | undefined;
};
export type ConstructorDecl = Modified & { readonly parameters: readonly Parameter[]; readonly body: BlockStmt };
export type FieldDecl = Modified & { readonly type: TypeName; readonly name: string; readonly value: Expr | undefined };
/** An accessor is undefined where it is not there, 'auto' where it has no body. */
export type PropertyDecl = Modified & {
  readonly type: TypeName;
  readonly name: string;
  readonly getter: BlockStmt | 'auto' | undefined;
  readonly setter: BlockStmt | 'auto' | undefined;
};
/** A block of statements outside methods, or the value of a field, in the order of the source. */
export type Initialiser = { readonly isStatic: boolean; readonly body: BlockStmt | FieldDecl };

export type ClassDecl = Modified & {
  readonly kind: 'class' | 'interface';
  readonly name: string;
  readonly parent: TypeName | undefined;
  /** Implemented interfaces; for an interface those it extends. */
  readonly interfaces: readonly TypeName[];
  readonly sharing: Sharing;
  readonly methods: readonly MethodDecl[];
  readonly constructors: readonly ConstructorDecl[];
  readonly fields: readonly FieldDecl[];
  readonly properties: readonly PropertyDecl[];
  readonly initialisers: readonly Initialiser[];
  readonly inner: ReadonlyArray<ClassDecl | EnumDecl>;
};
export type EnumDecl = Modified & { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] };

export type TriggerDecl = {
  readonly kind: 'trigger';
  readonly name: string;
  readonly object: string;
  /** `before insert` and so on, in lower case. */
  readonly moments: readonly string[];
  readonly body: BlockStmt;
  readonly methods: readonly MethodDecl[];
  readonly at: Pos;
};

/** Statements of an anonymous block in their order, and what it declares. */
export type AnonymousDecl = {
  readonly kind: 'anonymous';
  readonly body: BlockStmt;
  readonly methods: readonly MethodDecl[];
  readonly inner: ReadonlyArray<ClassDecl | EnumDecl>;
  readonly at: Pos;
};
