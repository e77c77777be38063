import { peopleCopy } from '../../../templates/admin/people/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { RerenderPerson } from '../../kit/contributions.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { pageOf } from '../shared/query.ts';
import { accountRoutes } from './account-actions.ts';
import { activityTab } from './activity.ts';
import { peopleContributions } from './contributions.ts';
import { exportRoutes } from './export.ts';
import { peoplePage, viewRoutes } from './list.ts';
import { membershipRoutes } from './membership.ts';
import { offboardRoutes } from './offboard.ts';
import { personRoutes } from './person.ts';
import { personPage, personTabsOf } from './person-page.ts';
import { personQuery, readPeople } from './read.ts';
import { securityTab } from './security-tab.ts';
import { tenantRoleRoutes } from './tenant-roles.ts';
import { personItem, toItem } from './view.ts';

const list = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/people',
    access: 'people.read',
    summary: 'Everyone who can sign in, and where each belongs',
    query: personQuery,
    response: pageOf(personItem),
    async handle(context, { query }) {
      const { items, nextCursor, signIns } = await readPeople(context, query);
      return { items: items.map((person) => toItem(person, signIns.get(person.id))), nextCursor };
    },
  }),
  definePage({
    path: '/admin/people',
    access: 'people.read',
    query: personQuery,
    show: (context) => peoplePage(context, context.request.query),
  }),
];

/** Everyone who can sign in, and the page of a person with the tabs that other areas add to it. */
export function peopleArea(areas: readonly Area[]): Area {
  const tabs = personTabsOf([activityTab, securityTab], areas);
  const rerenderAt =
    (tab: string): RerenderPerson =>
    (context, userId, refused) =>
      personPage(context, tabs, userId, { tab, refused });
  const rerender = rerenderAt('');
  return {
    side: 'admin',
    nav: [
      {
        title: peopleCopy.title,
        href: paths.people,
        icon: 'users',
        group: 'Customers',
        permission: 'people.read',
      },
    ],
    routes: [
      ...list,
      ...viewRoutes,
      ...exportRoutes,
      // Before the page of one person, whose address would take theirs.
      ...personRoutes(tabs, rerender),
      ...tabs.flatMap((tab) => tab.routes?.(rerenderAt(tab.key)) ?? []),
      ...offboardRoutes,
      ...accountRoutes(rerender),
      ...membershipRoutes,
      ...tenantRoleRoutes,
    ],
    ...peopleContributions,
  };
}
