import { ApexErrorListener, ApexParserFactory, type ApexParser } from '@apexdevtools/apex-parser';
import type { AnonymousDecl, BlockStmt, ClassDecl, EnumDecl, Stmt, TriggerDecl } from './ast.js';
import { innerType, membersOf } from './declarations.js';
import { ApexCompileError } from './errors.js';
import { local, statement } from './statements.js';
import { posOf } from './tokens.js';

/** A class, interface or enum. Throws ApexCompileError where the source is none. */
export function parseClass(source: string): ClassDecl | EnumDecl {
  return parsed(source, (parser) => {
    const declaration = parser.compilationUnit().typeDeclaration();
    const type = innerType(declaration, declaration.modifier_list());
    if (type === undefined) throw new ApexCompileError('Neither class, interface nor enum', posOf(declaration));
    return type;
  });
}

/** A trigger. */
export function parseTrigger(source: string): TriggerDecl {
  return parsed(source, (parser) => {
    const unit = parser.triggerUnit();
    const parts = unit.triggerBlock().triggerBlockMember_list();
    const [name, object] = unit.id_list().map((id) => id.getText());
    const moments = unit.triggerCase_list().map((one) =>
      one
        .getText()
        .toLowerCase()
        .replace(/^(before|after)/, '$1 ')
    );
    const declared = parts.map((part) => ({ part, member: part.triggerMemberDeclaration() }));
    const { methods, body, inner } = unitOf(declared);
    const [type] = inner;
    const missing: Stmt[] = type ? [{ kind: 'missing', what: 'a type declared in a trigger', at: type.at }] : [];
    const whole: BlockStmt = { ...body, body: [...missing, ...body.body] };
    return { kind: 'trigger', at: posOf(unit), name: name!, object: object!, moments, methods, body: whole };
  });
}

/** A block of anonymous Apex: statements, with methods and classes between them. */
export function parseAnonymous(source: string): AnonymousDecl {
  return parsed(source, (parser) => {
    const parts = parser.anonymousUnit().anonymousBlock().anonymousBlockMember_list();
    const declared = parts.map((part) => ({ part, member: part.anonymousMemberDeclaration() }));
    return { kind: 'anonymous', at: { line: 1, column: 1 }, ...unitOf(declared) };
  });
}

type Part = ReturnType<
  ReturnType<ReturnType<ApexParser['anonymousUnit']>['anonymousBlock']>['anonymousBlockMember_list']
>[number];
type Declared = {
  part: Pick<Part, 'statement' | 'modifier_list' | 'start' | 'stop'>;
  member: ReturnType<Part['anonymousMemberDeclaration']>;
};

/** Fields of a block or trigger are its variables, in the order of the source. */
function unitOf(parts: readonly Declared[]): Pick<AnonymousDecl, 'body' | 'methods' | 'inner'> {
  const statements: Stmt[] = [];
  const members: Array<readonly [Declared['member'], ReturnType<Part['modifier_list']>]> = [];
  for (const { part, member } of parts) {
    const field = member?.fieldDeclaration() ?? null;
    if (field !== null) statements.push(local(field as unknown as Parameters<typeof local>[0]));
    else if (member !== null) members.push([member, part.modifier_list()]);
    else statements.push(statement(part.statement()));
  }
  const { methods, inner, properties } = membersOf(members);
  const [property] = properties;
  if (property) statements.unshift({ kind: 'missing', what: 'a property outside a class', at: property.at });
  const body: BlockStmt = { kind: 'block', at: { line: 1, column: 1 }, body: statements };
  return { body, methods, inner };
}

class FirstError extends ApexErrorListener {
  public apexSyntaxError(line: number, column: number, message: string): void {
    // Everything that might have stood there is no help.
    throw new ApexCompileError(message.replace(/ expecting \{.*/s, ''), { line, column: column + 1 });
  }
}

function parsed<Unit>(source: string, read: (parser: ApexParser) => Unit): Unit {
  const { parser } = ApexParserFactory.createLexerAndParser(source, new FirstError());
  return read(parser);
}
