import type { VNode } from 'preact';
import type { z } from 'zod';
import type { Tx } from '../../db/scope.ts';
import type { Permission } from '../../db/domain/permissions.ts';
import type { Person } from '../../db/repos/people/people.ts';
import type { Member } from '../../db/repos/people/users.ts';
import type { TenantLine } from '../../db/repos/tenants/overview.ts';
import type { Figure } from '../../templates/admin/home/home.tsx';
import type { DayChartProps } from '../../templates/ui/day-chart.tsx';
import type { NeedsItem } from '../../templates/ui/needs-list.tsx';
import type { RequestContext } from './context.ts';
import type { AnyRoute, FormState } from './route.ts';

/**
 * What a capability adds to a page that it does not own. It is read only for people who hold its permission, inside
 * the one transaction of the page.
 */
export interface Contribution<T, Given extends unknown[] = []> {
  permission: Permission;
  read(context: RequestContext, tx: Tx, ...given: Given): Promise<readonly T[]>;
}

/** How urgent an item is, the most urgent first. */
export const urgencies = ['help', 'failed', 'review', 'overdue', 'stalled', 'planned'] as const;

/** Something that needs a person. */
export interface AttentionItem extends NeedsItem {
  urgency: (typeof urgencies)[number];
}

/** What the command palette shows for a query. */
export interface SearchHit {
  title: string;
  subtitle: string;
  href: string;
  kind: 'tenant' | 'person' | 'run' | 'invoice' | 'integration';
}

/** Something to do, as the command palette offers it: it leads to the page or dialog where it is done. */
export interface Command {
  title: string;
  /** Other words it is found by. */
  words?: string;
  /** `#id` opens the dialog of that id. */
  href: string;
  permission: Permission;
}

/** A step of getting started, on the client's home until all of them are done. */
export interface ChecklistItem {
  title: string;
  /** How far it is, such as "1 of 3 connected". */
  progress?: string;
  isDone: boolean;
  href: string;
}

/** A card of the client's home: above the others at full width, or one of the grid below. */
export interface HomeCard {
  wide: boolean;
  card: VNode;
}

/** A tenant as its page in the admin portal has read it. */
export interface OpenTenant {
  line: TenantLine;
  members: readonly Member[];
}

/** A form of a tab that was refused: the tab opens its dialog again. */
export interface RefusedTabForm {
  action: string;
  form: FormState;
}

/** Shows the tenant page, opened at this tab, with what was wrong. */
export type RerenderTab = (
  context: RequestContext,
  tenantId: string,
  refused: RefusedTabForm,
) => Promise<VNode>;

/** A tab of the tenant page in the admin portal. */
export interface TenantTab {
  /** `?tab=` in the address. */
  key: string;
  title: string;
  permission: Permission;
  /** Tabs come in ascending order; the overview is always first. */
  order: number;
  show(
    context: RequestContext,
    tenant: OpenTenant,
    asked: { cursor?: string | undefined; refused?: RefusedTabForm | undefined },
  ): Promise<VNode>;
  /** Actions of the tab; the tenant page mounts them, and gives them the way back to itself. */
  routes?(rerender: RerenderTab): AnyRoute[];
}

/** What the page of a person was asked for. */
export interface AskedPerson {
  tab: string;
  cursor?: string | undefined;
  action?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** A form of the page or of a tab that was refused: its dialog opens again. */
  refused?: RefusedTabForm | undefined;
}

/** Shows the page of a person, opened at this tab, with what was wrong. */
export type RerenderPerson = (
  context: RequestContext,
  userId: string,
  refused: RefusedTabForm,
) => Promise<VNode>;

/** A tab of the page of a person in the admin portal. */
export interface PersonTab {
  /** `?tab=` in the address. */
  key: string;
  title: string;
  permission: Permission;
  /** Tabs come in ascending order; the overview is always first. */
  order: number;
  show(context: RequestContext, person: Person, asked: AskedPerson): Promise<VNode>;
  /** Actions of the tab; the page of the person mounts them, and gives them the way back to itself. */
  routes?(rerender: RerenderPerson): AnyRoute[];
}

/** What stands beside the key facts of a tenant on its overview. */
export interface TenantPanel {
  permission: Permission;
  show(context: RequestContext, tenant: OpenTenant): Promise<VNode | null>;
}

/** What a capability says of one tenant, for the head of the tenant page and for the tenant's JSON. */
export interface TenantHeadPart<Json> {
  /** The tenant's state in one sentence, as long as this capability decides it; null at any other time. */
  sentence: string | null;
  /** What needs a person. */
  attention: readonly NeedsItem[];
  /** How many of the tenant's `problems` that explains. */
  explained: number;
  /** Null where it is not known. */
  legalName: string | null;
  /** ISO time at which the account is closed unless something happens; null where nothing ends it. */
  closesAt: string | null;
  json: Json;
}

/** Read with the page and JSON of a tenant, for everyone who may open it: the JSON always has the same members. */
export interface TenantHeadContribution<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Members that are added to the tenant's JSON. */
  shape: Shape;
  read(context: RequestContext, line: TenantLine): Promise<TenantHeadPart<z.input<z.ZodObject<Shape>>>>;
}

/** Everything an area can add to pages of others. */
export interface Contributions {
  /** Asks other systems before the transaction of the page begins; the result is kept for the request. */
  prepare?(context: RequestContext): Promise<unknown>;
  attention?: Contribution<AttentionItem>;
  commands?(context: RequestContext): readonly Command[];
  search?: Contribution<SearchHit, [query: { q: string; limit: number }]>;
  figures?: Contribution<Figure>;
  charts?: Contribution<DayChartProps>;
  checklist?: Contribution<ChecklistItem>;
  homeCards?: Contribution<HomeCard>;
  tenantHead?: TenantHeadContribution;
  tenantTab?: TenantTab;
  tenantPanel?: TenantPanel;
  personTab?: PersonTab;
}

/** Everything that is contributed to one place, in the order of the areas; one query after the other. */
export async function collect<T, Given extends unknown[]>(
  context: RequestContext,
  tx: Tx,
  contributions: readonly (Contribution<T, Given> | undefined)[],
  ...given: Given
): Promise<T[]> {
  const found: T[] = [];
  for (const contribution of contributions) {
    if (contribution && context.can(contribution.permission)) {
      found.push(...(await contribution.read(context, tx, ...given)));
    }
  }
  return found;
}

/** What needs a person, the most urgent first; equally urgent items keep their order. */
export function byUrgency(items: readonly AttentionItem[]): AttentionItem[] {
  return [...items].sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency));
}
