/** Rules over the trees of all classes together: what the type check does not see, and what this package has agreed on. */
import { apex, DATABASE_DML, DML, modifiersOf, ofKind, placeOf } from './tree.mjs';

/** Classes that see every record, each with the reason in its own header. */
const WITHOUT_SHARING = new Set(
  [
    'PartnerFacts',
    'PartnerInboxRecords',
    'PartnerQueues',
    'PartnerSites',
    'QueueMembership',
    'PartnerPeople',
    'RotationBoard',
    'RotationLock',
    'RotationStore',
    'SharingDecisions',
  ].map((name) => name.toLowerCase())
);

/** What exists only where Digital Experiences or partner relationship management is on. */
const NOT_EVERYWHERE = new Set(['network', 'networkmember', 'networkmembergroup']);
const FIELDS_NOT_EVERYWHERE = new Set(['ispartner', 'iscustomerportal', 'ispersonaccount']);

/** Tests and what only they use. */
const isTest = ({ tree }) =>
  modifiersOf(ofKind(tree, apex.ClassDeclarationContext)[0] ?? tree).some((one) => one.startsWith('@istest'));

const problem = (file, node, rule, message) => ({ file: file.path, ...placeOf(node), rule, message });

/** @param files `{ name, path, tree }` of each class */
export function checkRules(files) {
  const methods = methodsOf(files);
  return files.flatMap((file) => [
    ...sharing(file),
    ...names(file),
    ...privateCalls(file, methods),
    ...invocables(file),
    ...cacheable(file),
    ...queries(file),
    ...tested(file, files),
  ]);
}

function sharing(file) {
  const [outer] = ofKind(file.tree, apex.ClassDeclarationContext);
  if (!outer || isTest(file)) return [];
  const said = modifiersOf(outer).filter((one) => one.endsWith('sharing'));
  if (said.length === 0) return [problem(file, outer, 'sharing', `${file.name} does not say whether it shares`)];
  const open = said[0] === 'withoutsharing' && !WITHOUT_SHARING.has(file.name.toLowerCase());
  return open
    ? [problem(file, outer, 'without-sharing', `${file.name} is not on the list of classes without sharing`)]
    : [];
}

function names(file) {
  const types = ofKind(file.tree, apex.TypeNameContext, apex.IdCreatedNamePairContext, apex.FromNameListContext);
  const fields = ofKind(file.tree, apex.AnyIdContext, apex.FieldNameContext);
  return [
    ...types
      .filter((node) => NOT_EVERYWHERE.has(node.getText().toLowerCase()))
      .map((node) =>
        problem(file, node, 'not-everywhere', `${node.getText()} is not in every org; ask for it by name`)
      ),
    ...fields
      .filter((node) => FIELDS_NOT_EVERYWHERE.has(node.getText().split('.').at(-1).toLowerCase()))
      .map((node) =>
        problem(file, node, 'not-everywhere', `${node.getText()} is not in every org; ask for it by name`)
      ),
  ];
}

/** Names of private methods by class; a name that is also public there is left out. */
function methodsOf(files) {
  return new Map(
    files.map((file) => {
      const declared = ofKind(file.tree, apex.MethodDeclarationContext).map((node) => ({
        name: node.id().getText().toLowerCase(),
        modifiers: modifiersOf(node),
      }));
      const isOpen = ({ modifiers }) => modifiers.some((one) => /^(public|global|protected|@testvisible)/.test(one));
      const open = new Set(declared.filter(isOpen).map(({ name }) => name));
      return [file.name.toLowerCase(), new Set(declared.map(({ name }) => name).filter((name) => !open.has(name)))];
    })
  );
}

function privateCalls(file, methods) {
  return ofKind(file.tree, apex.DotExpressionContext).flatMap((node) => {
    const call = node.dotMethodCall();
    const owner = node.expression().getText().toLowerCase();
    const hidden = owner === file.name.toLowerCase() ? undefined : methods.get(owner);
    const name = call?.anyId().getText();
    return name && hidden?.has(name.toLowerCase())
      ? [problem(file, node, 'private-call', `${name} of ${node.expression().getText()} is private`)]
      : [];
  });
}

function invocables(file) {
  const found = ofKind(file.tree, apex.MethodDeclarationContext).filter((node) =>
    modifiersOf(node).some((one) => one.startsWith('@invocablemethod'))
  );
  return found.slice(1).map((node) => problem(file, node, 'one-invocable', 'A class has one invocable method'));
}

/** A method that pages may keep the result of writes nothing, by itself or by what it calls in its class. */
function cacheable(file) {
  const declared = ofKind(file.tree, apex.MethodDeclarationContext);
  const byName = Map.groupBy(declared, (node) => node.id().getText().toLowerCase());
  const writes = (node, seen) => {
    if (seen.has(node)) return false;
    seen.add(node);
    if (ofKind(node, ...DML).length > 0 || ofKind(node, apex.DotExpressionContext).some(isDatabaseDml)) return true;
    const called = ofKind(node, apex.MethodCallContext).map((call) => call.id()?.getText().toLowerCase());
    return called.some((name) => (byName.get(name) ?? []).some((other) => writes(other, seen)));
  };
  return declared
    .filter((node) => modifiersOf(node).some((one) => /^@auraenabled\(.*cacheable=true/.test(one)))
    .filter((node) => writes(node, new Set()))
    .map((node) => problem(file, node, 'cacheable-write', `${node.id().getText()} is cacheable and writes`));
}

const isDatabaseDml = (node) => {
  const name = node.dotMethodCall()?.anyId().getText();
  return name !== undefined && DATABASE_DML.test(`${node.expression().getText()}.${name}`.toLowerCase());
};

function queries(file) {
  return [
    ...ofKind(file.tree, apex.SoslLiteralContext).map((node) =>
      problem(file, node, 'no-sosl', 'SOSL is not used: its results lag behind in tests')
    ),
    ...ofKind(file.tree, apex.QueryContext).flatMap((node) => {
      const locks = /forupdate$/i.test(node.forClauses()?.getText() ?? '');
      const ordered = locks && node.orderByClause();
      const mode = isTest(file) || /^with(user|system)_mode$/i.test(node.withClause()?.getText() ?? '');
      return [
        ...(ordered ? [problem(file, node, 'order-for-update', 'ORDER BY and FOR UPDATE exclude each other')] : []),
        ...(mode ? [] : [problem(file, node, 'query-mode', 'The query does not say WITH USER_MODE or SYSTEM_MODE')]),
      ];
    }),
    ...(isTest(file) ? [] : plainDml(file)),
  ];
}

const plainDml = (file) =>
  ofKind(file.tree, ...DML)
    .filter((node) => node.accessLevel?.() == null)
    .map((node) => problem(file, node, 'dml-mode', 'The statement does not say as user or as system'));

/** Every class has a test class, by its own name or by that of one that names it. */
function tested(file, files) {
  const [outer] = ofKind(file.tree, apex.ClassDeclarationContext);
  if (isTest(file) || !outer) return [];
  const inTests = files.some(
    (other) =>
      isTest(other) && ofKind(other.tree, apex.IdContext, apex.AnyIdContext).some((id) => id.getText() === file.name)
  );
  return inTests ? [] : [problem(file, outer, 'untested', `No test names ${file.name}`)];
}
