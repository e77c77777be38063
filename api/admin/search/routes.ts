import { z } from 'zod';
import { roleTitles } from '../../../db/domain/roles.ts';
import * as people from '../../../db/repos/people/people.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { statusOf } from '../../../templates/ui/status.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineRoute } from '../../kit/route.ts';
import { runTitle, tenantRef } from '../shared/names.ts';

const found = z.object({
  title: z.string(),
  subtitle: z.string(),
  href: z.string(),
  kind: z.enum(['tenant', 'person', 'run', 'page']),
});
type Found = z.input<typeof found>;

const atMost = 10;
/** So that one kind does not push out the others. */
const ofEach = 4;

function findPages(context: RequestContext, q: string): Found[] {
  return context
    .navigation()
    .flatMap(({ items }) => items)
    .filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()))
    .map(({ title, href }) => ({ title, subtitle: 'Page', href, kind: 'page' }));
}

/** Tenants, people and runs within reach; only kinds the person may read at all. */
async function findRows(context: RequestContext, q: string): Promise<Found[]> {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const none = { items: [] };
    const tenants = context.can('tenants.read')
      ? await overview.list(tx, { q, sort: 'name', limit: ofEach })
      : none;
    const persons = context.can('people.read') ? await people.list(tx, { q, limit: ofEach }) : none;
    const processes = context.can('runs.read') ? await runs.list(tx, { q, limit: ofEach }) : none;
    return [
      ...tenants.items.map((line): Found => ({
        title: line.name,
        subtitle: `Tenant · ${statusOf('tenant', line.status).word}`,
        href: paths.tenant(line.id),
        kind: 'tenant',
      })),
      ...persons.items.map((person): Found => {
        const [membership] = person.memberships;
        const place =
          membership?.tenantName ?? (person.platformRole === 'partner' ? roleTitles.partner : 'The platform');
        return {
          title: person.name,
          subtitle: `${person.email} · ${place}`,
          href: withQuery('/admin/people', { q: person.email }),
          kind: 'person',
        };
      }),
      ...processes.items.map((run): Found => ({
        title: runTitle(run.process, tenantRef(run)?.name ?? null),
        subtitle: `Run · ${statusOf('run', run.state).word}`,
        href: paths.run(run.runId),
        kind: 'run',
      })),
    ];
  });
}

/** What the command palette finds. */
export const searchArea: Area = {
  side: 'public',
  nav: [],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/search',
      access: 'signed-in',
      summary: 'Tenants, people, runs and pages by a few letters; only what the person may open',
      query: z.object({ q: z.string().trim().max(200).default('') }),
      response: z.object({ items: z.array(found) }),
      async handle(context, { query: { q } }) {
        if (!q) return { items: [] };
        const rows = context.person().tenant ? [] : await findRows(context, q);
        return { items: [...findPages(context, q), ...rows].slice(0, atMost) };
      },
    }),
  ],
};
