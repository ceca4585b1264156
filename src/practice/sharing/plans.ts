/** What gives one user access to the records of one object, worked out once and kept while nothing about it changes. */
import type { Store } from '../contracts.js';
import { insideGroup, reachOf, type Reach } from './groups.js';
import { readGraph, usersBelow, watchSharing, type OrgGraph, type UserNode } from './graph.js';
import type { SharingRule } from './types.js';

/** Steps of access; each brings those before it along, but for `transfer`, which is not needed to edit. */
export type Level = 'read' | 'edit' | 'transfer' | 'all';

/** Children that accounts give access to. */
export type AccountChild = 'Case' | 'Contact' | 'Opportunity';

export const ACCOUNT_CHILDREN: readonly AccountChild[] = ['Case', 'Contact', 'Opportunity'];

/** A rule that reaches the user, with what it gives. */
export type Grant = { rule: SharingRule; level: 'read' | 'edit' };

export type Plan = {
  /** Owners whose records he has, as JSON lists, by level. */
  owners: Readonly<Record<Level, string>>;
  /** Criteria rules and guest rules that reach him. */
  criteria: Grant[];
};

/** What accounts give the user on one kind of their children. */
export type ChildPlan = {
  /** Owners of accounts, as JSON lists. */
  owners: Readonly<Record<'read' | 'edit', string>>;
  criteria: Grant[];
};

/** Objects that super users see (semantics 10); custom objects as well. */
const OF_SUPER_USERS: ReadonlySet<string> = new Set(['Case', 'Lead', 'Opportunity']);

/** Portal roles from the bottom up. */
const PORTAL_ROLES = ['User', 'Manager', 'Executive'];

const rank = (user: UserNode): number => PORTAL_ROLES.indexOf(user.portalRole ?? 'User');

/** Owners who have no role: high-volume users and guests (semantics 6). */
const ROLELESS: ReadonlySet<string> = new Set(['CspLitePortal', 'Guest']);

const SETTINGS: Readonly<Record<AccountChild, 'caseAccessLevel' | 'contactAccessLevel' | 'opportunityAccessLevel'>> = {
  Case: 'caseAccessLevel',
  Contact: 'contactAccessLevel',
  Opportunity: 'opportunityAccessLevel',
};

const json = (ids: Iterable<string>): string => JSON.stringify([...new Set(ids)]);

/** The reach of users and the plans of their access. */
export class Plans {
  private readonly generation: () => number;
  private mark = Number.NaN;
  private graph: OrgGraph | undefined;
  private readonly reaches = new Map<string, Reach>();
  private readonly plans = new Map<string, Plan>();
  private readonly childPlans = new Map<string, ChildPlan>();
  private readonly sources = new Map<string, Set<string>>();
  private readonly jsons = new Map<string, string>();

  public constructor(
    private readonly store: Store,
    private readonly rulesOf: (object: string) => SharingRule[],
    private readonly hasSuperUsers: () => boolean
  ) {
    this.generation = watchSharing(store);
  }

  /** Drops what is out of date. To be called before each use. */
  public refresh(): void {
    const mark = this.generation();
    if (mark === this.mark) return;
    this.mark = mark;
    this.graph = undefined;
    for (const map of [this.reaches, this.plans, this.childPlans, this.sources, this.jsons]) map.clear();
  }

  /** Undefined for a user who does not exist. */
  public reach(userId: string): Reach | undefined {
    let reach = this.reaches.get(userId);
    if (reach) return reach;
    this.graph ??= readGraph(this.store);
    const user = this.graph.users.get(userId);
    if (!user) return undefined;
    reach = reachOf(this.graph, user);
    this.reaches.set(userId, reach);
    return reach;
  }

  /** Users in a group or queue, at any depth. */
  public usersIn(groupId: string): string[] {
    const graph = (this.graph ??= readGraph(this.store));
    // A queue as a source stands for itself alone; here its members count.
    const inside = (graph.members.get(groupId) ?? []).flatMap((id) => [...insideGroup(graph, id)]);
    return [...new Set(inside)].filter((id) => graph.users.has(id)).sort();
  }

  /** What the reach of a user is shared with, as a JSON list. */
  public targets(reach: Reach): string {
    return this.kept(`targets ${reach.user.id}`, () => reach.targets);
  }

  /** The user himself and those below him, as a JSON list. */
  public own(reach: Reach): string {
    return this.kept(`own ${reach.user.id}`, () => [reach.user.id, ...reach.below]);
  }

  /** Owners whose records criteria rules leave out unless they say otherwise, as a JSON list. */
  public roleless(): string {
    return this.kept('roleless', () =>
      [...this.graph!.users.values()].filter(({ type }) => ROLELESS.has(type)).map(({ id }) => id)
    );
  }

  public plan(reach: Reach, object: string, custom: boolean): Plan {
    const key = `${reach.user.id} ${object}`;
    let plan = this.plans.get(key);
    if (!plan) this.plans.set(key, (plan = this.makePlan(reach, object, custom)));
    return plan;
  }

  public childPlan(reach: Reach, child: AccountChild): ChildPlan {
    const key = `${reach.user.id} ${child}`;
    let plan = this.childPlans.get(key);
    if (!plan) this.childPlans.set(key, (plan = this.makeChildPlan(reach, child)));
    return plan;
  }

  private kept(key: string, make: () => Iterable<string>): string {
    let text = this.jsons.get(key);
    if (text === undefined) this.jsons.set(key, (text = json(make())));
    return text;
  }

  private reaching(reach: Reach, object: string): SharingRule[] {
    return this.rulesOf(object).filter(
      (rule) =>
        rule.kind !== 'territory' &&
        (rule.kind === 'guest' ? rule.target === reach.user.id : reach.targets.has(rule.target))
    );
  }

  private source(rule: SharingRule): Set<string> {
    const id = rule.source ?? '';
    let inside = this.sources.get(id);
    if (!inside) this.sources.set(id, (inside = insideGroup(this.graph!, id)));
    return inside;
  }

  private makePlan(reach: Reach, object: string, custom: boolean): Plan {
    const all = [reach.user.id, ...reach.below];
    const rules = this.reaching(reach, object);
    const from = (access: SharingRule['access']): string[] =>
      rules.filter((rule) => rule.kind === 'owner' && rule.access === access).flatMap((rule) => [...this.source(rule)]);
    const edit = [...all, ...reach.queues, ...from('Edit')];
    const colleagues = custom || OF_SUPER_USERS.has(object) ? this.colleagues(reach.user) : [];
    return {
      owners: {
        all: json(all),
        // F: a member takes a record out of his queue by making himself its owner.
        transfer: json([...all, ...reach.queues]),
        edit: json(edit),
        read: json([...edit, ...from('Read'), ...colleagues]),
      },
      criteria: rules
        .filter((rule) => rule.kind !== 'owner')
        .map((rule) => ({ rule, level: rule.access === 'Edit' ? 'edit' : 'read' })),
    };
  }

  /** Semantics 10: partner users of the same account whose portal role is not higher. */
  private colleagues(user: UserNode): string[] {
    if (!user.superUser || user.account === null || !this.hasSuperUsers()) return [];
    return [...this.graph!.users.values()]
      .filter((one) => one.account === user.account && one.type === 'PowerPartner' && rank(one) <= rank(user))
      .map(({ id }) => id);
  }

  private makeChildPlan(reach: Reach, child: AccountChild): ChildPlan {
    const grants = this.reaching(reach, 'Account').flatMap((rule): Grant[] => {
      const access = rule.accountSettings?.[SETTINGS[child]] ?? 'None';
      return access === 'None' ? [] : [{ rule, level: access === 'Edit' ? 'edit' : 'read' }];
    });
    const owners = (level: 'read' | 'edit'): string[] => [
      ...this.accountOwners(reach, child, level),
      ...grants
        .filter(({ rule, level: given }) => rule.kind === 'owner' && (level === 'read' || given === 'edit'))
        .flatMap(({ rule }) => [...this.source(rule)]),
    ];
    return {
      owners: { read: json(owners('read')), edit: json(owners('edit')) },
      criteria: grants.filter(({ rule }) => rule.kind !== 'owner'),
    };
  }

  /** Semantics 9: himself and those below whose role gives them this access to the children of their accounts. */
  private accountOwners({ user }: Reach, child: AccountChild, level: 'read' | 'edit'): string[] {
    const gives = ({ role, type }: UserNode): boolean => {
      const access = type === 'Standard' && role ? this.graph!.roles.get(role)?.ofAccountOwner[child] : 'None';
      return access === 'Edit' || (access === 'Read' && level === 'read');
    };
    return [user, ...usersBelow(this.graph!, user)].filter(gives).map(({ id }) => id);
  }
}
