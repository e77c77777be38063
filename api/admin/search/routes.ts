import { z } from 'zod';
import { type Area, commandsOf } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { collect } from '../../kit/contributions.ts';
import { defineRoute } from '../../kit/route.ts';

const hit = z.object({
  title: z.string(),
  subtitle: z.string(),
  href: z.string(),
  kind: z.enum(['tenant', 'person', 'run', 'invoice', 'integration', 'action', 'page']),
});
type Hit = z.input<typeof hit>;

const atMost = 12;
/** So that one kind does not push out the others. */
const ofEach = 4;

/** Whether a text contains each of the words, in any order. */
function matches(text: string, q: string): boolean {
  const lower = text.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

function findPages(context: RequestContext, q: string): Hit[] {
  const found = context
    .navigation()
    .flatMap(({ items }) => items.flatMap((item) => [item, ...item.tabs]))
    .filter(({ title }) => matches(title, q));
  // An entry and its first tab are one page.
  const pages = new Map(found.map(({ title, href }) => [href, title]));
  return [...pages].map(([href, title]) => ({ title, subtitle: 'Page', href, kind: 'page' }));
}

const findActions = (context: RequestContext, areas: readonly Area[], q: string): Hit[] =>
  commandsOf(areas, context)
    .filter(({ title, words = '' }) => matches(`${title} ${words}`, q))
    .map(({ title, href }) => ({ title, subtitle: 'Action', href, kind: 'action' }));

/** What the given areas find within the viewer's visibility. */
function findRows(context: RequestContext, areas: readonly Area[], q: string): Promise<Hit[]> {
  const scope = context.person().tenant ? context.tenant() : context.overview();
  const searches = areas.map(({ search }) => search);
  return context.deps.db.inScope(scope, (tx) => collect(context, tx, searches, { q, limit: ofEach }));
}

/**
 * What the command palette finds.
 *
 * @param sides the areas that contribute for administrators and partners, and for clients
 */
export const searchArea = (sides: Record<'admin' | 'client', readonly Area[]>): Area => ({
  side: 'public',
  nav: [],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/search',
      access: 'signed-in',
      summary:
        'Actions, pages and records by a few letters or an id, of those the viewer may open; actions without',
      query: z.object({ q: z.string().trim().max(200).default('') }),
      response: z.object({ items: z.array(hit) }),
      async handle(context, { query: { q } }) {
        const areas = context.person().tenant ? sides.client : sides.admin;
        if (!q) return { items: findActions(context, areas, '') };
        const near = [...findPages(context, q), ...findActions(context, areas, q).slice(0, ofEach)];
        return { items: [...near, ...(await findRows(context, areas, q))].slice(0, atMost) };
      },
    }),
  ],
});
