import type { VNode } from 'preact';
import { z } from 'zod';
import { features } from '../../../db/domain/people/features.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import * as people from '../../../db/repos/people/people.ts';
import * as partners from '../../../db/repos/tenants/partners.ts';
import { PersonPage } from '../../../templates/admin/people/person.tsx';
import { Memberships } from '../../../templates/admin/people/memberships.tsx';
import { personCopy } from '../../../templates/admin/people/copy.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AskedPerson, PersonTab } from '../../kit/contributions.ts';
import { keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { isoOf } from '../shared/query.ts';
import { readSignIns } from './sign-ins.ts';
import { membershipRole, personStatus, platformRoleTitles } from './view.ts';

export const personParams = z.object({ userId: z.string().regex(idPattern('user')) });

/** A person within the viewer's reach. Throws `user.not-found` for every other. */
export async function readPerson(context: RequestContext, userId: string) {
  const person = await context.deps.db.inScope(context.overview(), (tx) => people.get(tx, userId));
  const signIns = await readSignIns(context, [userId]);
  return { person, lastSignInAt: signIns.get(userId) };
}

function membershipsOf({ id, memberships }: people.Person, mayManage: boolean): VNode {
  return Memberships({
    userId: id,
    mayManage,
    memberships: memberships.map((one) => ({
      tenantId: one.tenantId,
      tenantName: one.tenantName,
      roleTitle: membershipRole(one),
      status: one.status,
      off: one.featuresOff.map((key) => (features as Record<string, string>)[key] ?? key),
    })),
  });
}

/** Which partners a person can be made a partner of; none where the viewer may not. */
async function readPartners(context: RequestContext) {
  if (!context.can('people.manage')) return [];
  return context.deps.db.inScope(context.scope('platform'), (tx) => partners.list(tx));
}

/** The page of a person, opened at a tab; an unknown one opens the memberships. */
export async function personPage(
  context: RequestContext,
  tabs: readonly PersonTab[],
  userId: string,
  asked: AskedPerson,
): Promise<VNode> {
  const { person, lastSignInAt } = await readPerson(context, userId);
  const offered = tabs.filter(({ permission }) => context.can(permission));
  const open = offered.find(({ key }) => key === asked.tab);
  const { refused } = asked;
  const isOwn = context.person().userId === userId;
  const all = await readPartners(context);
  return PersonPage({
    frame: pageContextOf(context),
    person: {
      id: userId,
      name: person.name,
      email: person.email,
      status: personStatus(person),
      isSuspended: person.status === 'suspended',
      role: person.platformRole ?? 'client',
      roleTitle: platformRoleTitles[person.platformRole ?? 'client'],
      partnerId: person.partnerId,
      partner: all.find(({ id }) => id === person.partnerId)?.name ?? null,
      hasTenants: person.memberships.length > 0,
      createdAt: person.createdAt.toISOString(),
      lastSignInAt: isoOf(lastSignInAt ?? null),
      lastSeenAt: isoOf(person.lastSeenAt),
    },
    tabs: [
      { key: 'memberships', title: personCopy.tabs.memberships },
      ...offered.map(({ key, title }) => ({ key, title })),
    ],
    tab: open?.key ?? 'memberships',
    panel: open
      ? await open.show(context, person, asked)
      : membershipsOf(person, context.can('people.manage') && !isOwn),
    mayHelp: context.can('people.support'),
    mayViewAs:
      context.can('people.view-as') &&
      !person.platformRole &&
      person.status === 'active' &&
      person.memberships.length > 0,
    mayManage: context.can('people.manage') && !isOwn,
    partners: all.map(({ id, name }) => ({ value: id, label: name })),
    requestKey: keptKey(refused?.form.values ?? {}),
    ...(refused && { refused }),
  });
}

/** The tabs of the page, the people's own and those that other areas contribute, in their order. */
export const personTabsOf = (own: readonly PersonTab[], areas: readonly Area[]): PersonTab[] =>
  [...own, ...areas.flatMap(({ personTab }) => personTab ?? [])].sort((a, b) => a.order - b.order);
