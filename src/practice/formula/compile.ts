/** Reads formulas and makes functions of them that compute a value from a record. */
import formulon, { type Tree } from 'formulon';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Value } from '../contracts.js';
import { FUNCTIONS } from './functions.js';
import type { FormulaFunction, Kind, Part } from './parts.js';
import { FormulaProblem, placeOf } from './problem.js';

/** A formula that is ready to be computed. */
export type Formula = {
  kind: Kind;
  /** Canonical names of the fields that it reads. */
  fields: string[];
  run: (row: Row) => Value;
};

export type FormulaOptions = {
  /** Empty numbers count as nothing instead of as zero (`formulaTreatBlanksAs`). */
  blankAsBlank?: boolean;
};

const KINDS: Partial<Record<FieldDef['type'], Kind>> = {
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  id: 'text',
  reference: 'text',
  string: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  combobox: 'text',
};

const NAMES: Readonly<Record<Kind, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Checkbox',
  date: 'Date',
  datetime: 'Datetime',
  picklist: 'Picklist',
  multipicklist: 'Multipicklist',
  null: 'Null',
};

const LITERALS: Readonly<Record<string, Kind>> = { text: 'text', number: 'number', checkbox: 'boolean', null: 'null' };

/** Operators of which both sides must be of one kind. */
const SAME_KIND = new Set(['equal', 'unequal', 'lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual']);

class Compiler {
  public readonly fields = new Set<string>();

  public constructor(
    private readonly def: ObjectDef,
    private readonly text: string,
    private readonly options: FormulaOptions
  ) {}

  public part(tree: Tree): Part {
    switch (tree.type) {
      case 'error':
        throw new FormulaProblem(tree.message);
      case 'identifier':
        return this.field(tree.name);
      case 'literal':
        return this.literal(tree.value, tree.dataType);
      default:
        return this.call(
          tree.id,
          tree.arguments.map((arg) => this.part(arg))
        );
    }
  }

  private literal(value: Value, dataType: string): Part {
    const kind = LITERALS[dataType];
    if (!kind) throw new FormulaProblem(`Literals of type ${dataType} are not supported by the practice org`);
    return { kind, run: () => value };
  }

  private problem(message: string, name: string): FormulaProblem {
    return new FormulaProblem(message, placeOf(this.text, name));
  }

  private field(name: string): Part {
    // Records that a formula reaches over may change without this one being saved.
    if (/[.$]/.test(name)) {
      throw this.problem(`Fields of other records are not supported in formulas by the practice org: ${name}`, name);
    }
    const field = this.def.fields.get(name.toLowerCase());
    if (!field) throw this.problem(`Field ${name} does not exist. Check spelling.`, name);
    const kind = KINDS[field.type];
    if (!kind) throw this.problem(`Field ${name} is of type ${field.type}, which formulas cannot use`, name);
    this.fields.add(field.name);
    const column = field.name;
    if (kind === 'number' && !this.options.blankAsBlank) return { kind, run: (row) => row[column] ?? 0 };
    if (kind === 'boolean') return { kind, run: (row) => row[column] === true || row[column] === 1 };
    return { kind, run: (row) => row[column] ?? null };
  }

  private call(id: string, args: Part[]): Part {
    const known = Object.hasOwn(FUNCTIONS, id) ? FUNCTIONS[id] : undefined;
    if (!known) throw this.problem(`Function ${id.toUpperCase()} is not supported by the practice org`, id);
    this.checkArguments(id, known, args);
    const kind = typeof known.gives === 'string' ? known.gives : known.gives(args);
    return { kind, run: known.run(args) };
  }

  private checkArguments(id: string, known: Omit<FormulaFunction, 'run' | 'gives'>, args: Part[]): void {
    const { takes, least, most } = known;
    const name = id.toUpperCase();
    if (args.length < least || args.length > most) {
      const message = `Incorrect number of parameters for function '${name}()'. Expected ${least}, received ${args.length}`;
      throw this.problem(message, id);
    }
    args.forEach((arg, at) => {
      const kinds = takes[Math.min(at, takes.length - 1)]!;
      if (kinds.includes(arg.kind)) return;
      const expected = kinds.filter((kind) => kind !== 'null').map((kind) => NAMES[kind]);
      throw this.problem(
        `Incorrect parameter type for function '${name}()'. Expected ${expected.join(', ')}, received ${NAMES[arg.kind]}`,
        id
      );
    });
    this.checkSides(id, args);
  }

  private checkSides(id: string, [a, b]: Part[]): void {
    if (!SAME_KIND.has(id) && id !== 'add') return;
    const mixed = a!.kind !== b!.kind && a!.kind !== 'null' && b!.kind !== 'null';
    const dated = id === 'add' && [a!.kind, b!.kind].includes('number') && ![a!.kind, b!.kind].includes('text');
    if (!mixed || dated) return;
    throw this.problem(
      `Incorrect parameter type for operator '${id}'. Expected ${NAMES[a!.kind]}, received ${NAMES[b!.kind]}`,
      id
    );
  }
}

/**
 * Makes a formula computable for records of an object.
 * @throws FormulaProblem for what is misspelt, of the wrong type, or not supported.
 */
export const compileFormula = (def: ObjectDef, text: string, options: FormulaOptions = {}): Formula => {
  if (text.trim() === '') throw new FormulaProblem('The formula is empty');
  const compiler = new Compiler(def, text, options);
  const { kind, run } = compiler.part(formulon.ast(text.trim()));
  return { kind, run, fields: [...compiler.fields] };
};
