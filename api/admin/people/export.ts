import { type Role, roleTitles } from '../../../db/domain/roles.ts';
import type { Person } from '../../../db/repos/people/people.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineRaw } from '../../kit/route.ts';
import { everyPage, recordExport, sendCsv } from '../shared/csv.ts';
import { type PersonQuery, personQuery, readPeople } from './read.ts';
import { personStatus } from './view.ts';

const columns = [
  'id',
  'name',
  'email',
  'state',
  'platformRole',
  'tenants',
  'roles',
  'createdAt',
  'lastSignInAt',
] as const;

const batch = 200;

const titleOf = (role: string | null) => (role ? roleTitles[role as Role] : '');

function toCells(person: Person, signIns: ReadonlyMap<string, Date>) {
  return [
    person.id,
    person.name,
    person.email,
    personStatus(person),
    titleOf(person.platformRole),
    person.memberships.map(({ tenantName }) => tenantName).join('; '),
    person.memberships.map(({ role }) => titleOf(role)).join('; '),
    person.createdAt.toISOString(),
    signIns.get(person.id)?.toISOString() ?? '',
  ];
}

async function* rows(context: RequestContext, query: PersonQuery) {
  const signIns = new Map<string, Date>();
  const pages = everyPage(async (cursor) => {
    const page = await readPeople(context, { ...query, cursor, limit: batch });
    for (const [id, at] of page.signIns) signIns.set(id, at);
    return page;
  });
  for await (const items of pages) {
    yield items.map((person) => toCells(person, signIns));
    signIns.clear();
  }
}

export const exportRoutes = [
  defineRaw({
    path: paths.peopleCsv,
    access: 'people.read',
    async serve(context) {
      const query = personQuery.parse(context.request.query);
      await recordExport(context, 'people.exported');
      await sendCsv(context, 'people.csv', columns, rows(context, query));
    },
  }),
];
