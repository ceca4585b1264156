/** Fields that the org fills itself: formulas and auto-numbers. */
import type { CustomFieldType } from '../../catalog/custom.js';
import type { FormulaText, ObjectDef } from '../../catalog/types.js';
import { checkFormulaField, computeAll } from '../../formula/fields.js';
import { FormulaProblem } from '../../formula/problem.js';
import { isNumberFormat, numberExisting, startNumbers } from '../../save/numbers.js';
import type { Work } from '../kind.js';
import { Problem } from '../problem.js';
import type { Body } from '../types.js';
import { flagAt, textAt } from '../xml/read.js';

const startOf = (body: Body): number => Number(textAt(body, 'startingNumber') ?? 1);

/** @throws Problem for a format or a first number that auto-numbers cannot have. */
export const checkNumbering = (type: CustomFieldType, body: Body): void => {
  if (type !== 'AutoNumber') return;
  const format = textAt(body, 'displayFormat');
  if (format !== undefined && !isNumberFormat(format)) throw new Problem(`Invalid display format: ${format}`);
  if (startOf(body) < 0) throw new Problem(`Invalid starting number: ${startOf(body)}`);
};

/** Formula of a field, or undefined where clients write it. */
export const formulaOf = (type: CustomFieldType, body: Body): FormulaText | undefined => {
  const text = textAt(body, 'formula');
  if (text === undefined) return undefined;
  if (type === 'AutoNumber') throw new Problem("Can not specify 'formula' for a CustomField of type AutoNumber");
  return { text, blankAsBlank: textAt(body, 'formulaTreatBlanksAs') === 'BlankAsBlank' };
};

/** @throws Problem where the formula of a field cannot be computed, in words that say where. */
export const checkFormula = (def: ObjectDef, name: string): void => {
  try {
    checkFormulaField(def, def.fields.get(name.toLowerCase())!);
  } catch (error) {
    if (error instanceof FormulaProblem) throw new Problem(`Error in formula of ${name}: ${error.message}`);
    throw error;
  }
};

/** Values of a field in the records that are there already. */
export const fillExisting = (
  { tools, author }: Work,
  def: ObjectDef,
  name: string,
  body: Body,
  isNew: boolean
): void => {
  const field = def.fields.get(name.toLowerCase())!;
  if (field.formula) computeAll(tools.store, def, field.name);
  if (!field.autoNumber || !isNew) return;
  const start = startOf(body);
  if (flagAt(body, 'populateExistingRows')) numberExisting(tools.store, def, field, start, author.now);
  else startNumbers(tools.store, def, field, start);
};
