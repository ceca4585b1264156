/** From the header of an upload to records for the saver, which reads the text of the cells itself. */
import type { ObjectDef } from '../catalog/types.js';
import type { InputRecord } from '../contracts.js';
import { unknownFields } from '../save/shape.js';
import { BadCsv } from './reader.js';

/**
 * Builds the function that makes a record of a row. Every record has all columns, in the same order, so that the saver
 * reads their names once for a whole file.
 * @throws BadCsv for a column that the object has not, or that is there twice: the platform fails the whole job.
 */
export const recordBuilder = (def: ObjectDef, header: string[]): ((row: string[]) => InputRecord) => {
  const [unknown] = unknownFields(def, header);
  if (unknown !== undefined) throw new BadCsv(`InvalidBatch : Field name not found : ${unknown}`);
  const twice = header.find((name, i) => header.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < i);
  if (twice !== undefined) throw new BadCsv(`InvalidBatch : Field name is there twice : ${twice}`);
  return (row) => {
    const record: InputRecord = {};
    for (let i = 0; i < header.length; i++) record[header[i]!] = row[i];
    return record;
  };
};
