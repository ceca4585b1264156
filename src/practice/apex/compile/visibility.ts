import type { Pos } from '../parse/ast.js';
import type { Annotation } from '../runtime/objects.js';
import type { Body } from './body.js';
import { chainOf, nestOf, type ClassModel } from './model.js';

type Member = {
  readonly owner: ClassModel;
  readonly modifiers: readonly string[];
  readonly annotations: readonly Annotation[];
};

/** The part of a declaration that says who sees it. */
export function modified({ modifiers, annotations }: Omit<Member, 'owner'>): Omit<Member, 'owner'> {
  return { modifiers, annotations };
}

function outermost(model: ClassModel): ClassModel {
  return nestOf(model).at(-1)!;
}

function has({ annotations }: { readonly annotations: readonly Annotation[] }, name: string): boolean {
  return annotations.some((one) => one.name === name);
}

/**
 * Whether a member can be named here. Members are private where they say nothing else; private is all that stands in
 * one outer class; @TestVisible opens a member to test classes (Apex Developer Guide, Access Modifiers).
 */
function visible(from: ClassModel, member: Member): boolean {
  const { owner, modifiers } = member;
  if (owner.decl.kind === 'interface' || modifiers.includes('public') || modifiers.includes('global')) return true;
  if (outermost(owner) === outermost(from)) return true;
  if (modifiers.includes('protected') && nestOf(from).some((one) => chainOf(one).includes(owner))) return true;
  return has(member, 'testvisible') && has(outermost(from).decl, 'istest');
}

/** Refuses a member that cannot be named here; `kind` is `Method`, `Variable`, `Constructor`. */
export function checkVisible(body: Body, member: Member, called: { kind: string; name: string; at: Pos }): void {
  if (!visible(body.model, member)) body.refuse(`${called.kind} is not visible: ${called.name}`, called.at);
}
