/** A query as it was written. Every node that can be wrong knows its place in the text. */

/** A field or relationship path, `Owner.Name`. */
export type Path = { kind: 'path'; parts: string[]; at: number };

/** A function call such as `COUNT(Id)` or `CALENDAR_YEAR(CreatedDate)`; the name is in upper case. */
export type Call = { kind: 'call'; name: string; args: Expression[]; at: number };

export type Expression = Path | Call;

export type Literal =
  | { kind: 'string'; raw: string; at: number }
  | { kind: 'number' | 'date' | 'datetime'; text: string; at: number }
  | { kind: 'boolean'; value: boolean; at: number }
  | { kind: 'null'; at: number }
  /** `TODAY`, or `LAST_N_DAYS:30` with its number. */
  | { kind: 'dateLiteral'; name: string; n?: number; at: number };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; left: Expression; operator: Operator; values: Literal[]; at: number }
  | { kind: 'semijoin'; left: Path; negated: boolean; query: Query; at: number };

export type TypeOf = {
  kind: 'typeof';
  relationship: Path;
  cases: Array<{ type: string; fields: Path[]; at: number }>;
  otherwise: Path[];
};

export type SelectItem =
  { kind: 'value'; value: Expression; alias?: string } | { kind: 'children'; query: Query } | TypeOf;

export type OrderItem = { value: Expression; descending: boolean; nullsLast: boolean };

export type Query = {
  select: SelectItem[];
  from: string;
  fromAt: number;
  /** Names that stand for a path from the root, an empty path for the root itself. */
  aliases: Map<string, string[]>;
  scope?: { name: string; at: number };
  where?: Condition;
  groupBy: Expression[];
  having?: Condition;
  orderBy: OrderItem[];
  limit?: number;
  offset?: number;
  allRows: boolean;
};
