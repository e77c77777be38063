import type { Tx } from '../../../db/scope.ts';
import { roleTitles } from '../../../db/domain/roles.ts';
import * as people from '../../../db/repos/people/people.ts';
import { TenantPeople } from '../../../templates/admin/people/tenant-people.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { Contributions, SearchHit, TenantTab } from '../../kit/contributions.ts';
import { isoOf } from '../shared/query.ts';
import { readSignIns } from './sign-ins.ts';
import { membershipRole, personStatus } from './view.ts';

async function search(
  _context: RequestContext,
  tx: Tx,
  query: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { items } = await people.list(tx, query);
  return items.map((person) => {
    const [membership] = person.memberships;
    const place =
      membership?.tenantName ?? (person.platformRole === 'partner' ? roleTitles.partner : 'The platform');
    return {
      title: person.name,
      subtitle: `${person.email} · ${place}`,
      href: paths.person(person.id),
      kind: 'person',
    };
  });
}

const peopleTab: TenantTab = {
  key: 'people',
  title: 'People',
  permission: 'tenants.read',
  order: 20,
  async show(context, { line, members }) {
    const ids = members.map(({ id }) => id);
    const signIns = await readSignIns(context, ids);
    return TenantPeople({
      tenantId: line.id,
      mayManage: context.can('people.manage'),
      people: members.map((member) => ({
        id: member.id,
        name: member.name,
        email: member.email,
        roleTitle: membershipRole(member),
        status: personStatus(member),
        lastSignInAt: isoOf(signIns.get(member.id) ?? null),
      })),
    });
  },
};

/** What people add to the search and the page of a tenant. */
export const peopleContributions: Contributions = {
  search: { permission: 'people.read', read: search },
  tenantTab: peopleTab,
};
