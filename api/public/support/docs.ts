import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { paths } from '../../../templates/paths.ts';
import { DocsPage } from '../../../templates/public/support/docs.tsx';
import type { ReferenceGroup } from '../../../templates/public/support/reference-props.ts';
import { ReferencePage } from '../../../templates/public/support/reference.tsx';
import type { Area } from '../../kit/area.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, type Route } from '../../kit/route.ts';
import { referenceOf } from './reference.ts';

/** The groups with the operations that have all words of a search in path or summary. */
function matching(groups: readonly ReferenceGroup[], search: string): ReferenceGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter(({ method, path, summary }) =>
        words.every((word) => `${method} ${path} ${summary}`.toLowerCase().includes(word)),
      ),
    }))
    .filter(({ operations }) => operations.length > 0);
}

/**
 * The documentation of the API, for everyone.
 *
 * @param routesOf all routes there are, which are known only when every area is
 */
export function docsArea(routesOf: () => readonly AnyRoute[]): Area {
  let groups: ReferenceGroup[] | null = null;
  const reference = () =>
    (groups ??= referenceOf(routesOf().filter((route): route is Route => route.kind === 'json')));
  return {
    side: 'public',
    nav: [],
    routes: [
      definePage({
        path: paths.docs,
        access: 'public',
        query: z.object({ q: z.string().trim().max(120).optional().catch(undefined) }),
        async show(context, { query: { q } }) {
          const found = q ? matching(reference(), q) : reference();
          const { publicUrl } = context.deps;
          return DocsPage({ frame: pageContextOf(context), groups: found, search: q ?? '', publicUrl });
        },
      }),
      definePage({
        path: '/docs/:group',
        access: 'public',
        params: z.object({ group: z.string().max(80) }),
        async show(context, { params: { group: key } }) {
          const group = reference().find((one) => one.key === key);
          if (!group) throw new AppError('request.not-found');
          return ReferencePage({ frame: pageContextOf(context), group });
        },
      }),
    ],
  };
}
