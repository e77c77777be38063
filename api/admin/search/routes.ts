import { z } from 'zod';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { collect } from '../../kit/contributions.ts';
import { defineRoute } from '../../kit/route.ts';

const hit = z.object({
  title: z.string(),
  subtitle: z.string(),
  href: z.string(),
  kind: z.enum(['tenant', 'person', 'run', 'page']),
});
type Hit = z.input<typeof hit>;

const atMost = 10;
/** So that one kind does not push out the others. */
const ofEach = 4;

function findPages(context: RequestContext, q: string): Hit[] {
  return context
    .navigation()
    .flatMap(({ items }) => items)
    .filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()))
    .map(({ title, href }) => ({ title, subtitle: 'Page', href, kind: 'page' }));
}

/** What the given areas find within the viewer's visibility. */
const findRows = (context: RequestContext, areas: readonly Area[], q: string): Promise<Hit[]> =>
  context.deps.db.inScope(context.overview(), (tx) =>
    collect(
      context,
      tx,
      areas.map(({ search }) => search),
      { q, limit: ofEach },
    ),
  );

/** What the command palette finds. */
export const searchArea = (areas: readonly Area[]): Area => ({
  side: 'public',
  nav: [],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/search',
      access: 'signed-in',
      summary: 'Tenants, people, runs and pages by a few letters; only what the viewer may open',
      query: z.object({ q: z.string().trim().max(200).default('') }),
      response: z.object({ items: z.array(hit) }),
      async handle(context, { query: { q } }) {
        if (!q) return { items: [] };
        const rows = context.person().tenant ? [] : await findRows(context, areas, q);
        return { items: [...findPages(context, q), ...rows].slice(0, atMost) };
      },
    }),
  ],
});
