/** Fields in queries and constructors: that they are there, may be written, and fit the literal that is given to them. */
import { fieldAt } from './objects.mjs';
import { above, apex, ofKind, placeOf } from './tree.mjs';

const LITERALS = [
  [/^'.*'$/s, (type) => !['boolean', 'double', 'int', 'date', 'datetime', 'currency', 'percent'].includes(type)],
  [/^(true|false)$/i, (type) => type === 'boolean'],
  [/^\d+(\.\d+)?$/, (type) => ['double', 'int', 'currency', 'percent'].includes(type)],
];

/** Fields that users and accounts have only with Digital Experiences or partner relationship management. */
const NOT_EVERYWHERE = {
  user: new Set(['contactid', 'accountid', 'isportalenabled', 'portalrole']),
  account: new Set(['ispartner', 'iscustomerportal', 'ispersonaccount']),
};

const isRare = (object, name) => NOT_EVERYWHERE[object.toLowerCase()]?.has(name.toLowerCase()) ?? false;

/** @param objects of `readObjects` */
export function checkFields(files, objects) {
  return files.flatMap((file) => [...queried(file, objects), ...constructed(file, objects)]);
}

function queried(file, objects) {
  return ofKind(file.tree, apex.FieldNameContext).flatMap((node) => {
    const query = above(node, apex.SubQueryContext, apex.QueryContext);
    if (!query || above(node, apex.FromNameListContext)) return [];
    const from = query.fromNameList().getText();
    // Children are named by their relationship; the objects of this package have no such queries.
    const [name, alias] = [node.getText(), aliasesOf(query)];
    if (isRare(from, name)) return [rare(file, node, from, name)];
    if (alias.has(name.toLowerCase()) || fieldAt(objects, from, name) !== null) return [];
    return [{ file: file.path, ...placeOf(node), rule: 'soql-field', message: `${from} has no field ${name}` }];
  });
}

const rare = (file, node, object, name) => ({
  file: file.path,
  ...placeOf(node),
  rule: 'not-everywhere',
  message: `${object}.${name} is not in every org; ask for it by name`,
});

/** Names that a query gives to its own columns. */
const aliasesOf = (query) =>
  new Set(ofKind(query, apex.SelectEntryContext).flatMap((entry) => entry.soqlId()?.getText().toLowerCase() ?? []));

function constructed(file, objects) {
  return ofKind(file.tree, apex.CreatorContext).flatMap((creator) => {
    const object = creator.createdName().getText();
    const fields = objects.get(object.toLowerCase());
    const values = creator.classCreatorRest()?.arguments().expressionList()?.expression_list() ?? [];
    if (!fields) return [];
    return values
      .filter((value) => value instanceof apex.AssignExpressionContext)
      .flatMap((value) => written(file, object, fields, value));
  });
}

function written(file, object, fields, value) {
  const [name, given] = value.expression_list().map((one) => one.getText());
  const field = fields.get(name.toLowerCase());
  const say = (rule, message) => [{ file: file.path, ...placeOf(value), rule, message }];
  if (isRare(object, name)) return [rare(file, value, object, name)];
  if (!field) return say('soql-field', `${object} has no field ${name}`);
  if (!field.writable && name.toLowerCase() !== 'id') return say('read-only', `${object}.${name} cannot be written`);
  const literal = LITERALS.find(([pattern]) => pattern.test(given));
  return literal && !literal[1](field.type)
    ? say('value-type', `${object}.${name} is ${field.type}, not ${given}`)
    : [];
}
