import type { Person } from '../../../db/repos/people/people.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineRaw } from '../../kit/route.ts';
import { everyPage, recordExport, sendCsv } from '../../kit/csv.ts';
import { type PersonQuery, personQuery, readPeople } from './read.ts';
import { membershipRole, personStatus, platformRoleTitles } from './view.ts';

const columns = [
  'id',
  'name',
  'email',
  'state',
  'platformRole',
  'tenants',
  'roles',
  'secondFactor',
  'createdAt',
  'lastSeenAt',
  'lastSignInAt',
] as const;

const batch = 200;

function toCells(person: Person, signIns: ReadonlyMap<string, Date>) {
  return [
    person.id,
    person.name,
    person.email,
    personStatus(person),
    person.platformRole ? platformRoleTitles[person.platformRole] : '',
    person.memberships.map(({ tenantName }) => tenantName).join('; '),
    person.memberships.map(membershipRole).join('; '),
    person.hasSecondFactor,
    person.createdAt.toISOString(),
    person.lastSeenAt?.toISOString() ?? '',
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
    whileViewing: 'never',
    async serve(context) {
      const query = personQuery.parse(context.request.query);
      await recordExport(context, 'people.exported');
      await sendCsv(context, 'people.csv', columns, rows(context, query));
    },
  }),
];
