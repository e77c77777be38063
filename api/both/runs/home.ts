import { idFromKey, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { Definition } from '../../../db/domain/runs/templates/definition.ts';
import * as templates from '../../../db/repos/runs/templates/templates.ts';
import type { Scope, Tx } from '../../../db/scope.ts';
import type { CuratedTemplate } from '../../../templates/workflows/curated-template.ts';
import { curatedTemplates } from '../../../templates/workflows/curated.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Whose templates the viewer changes: those of their business, or those of the platform. */
export const homeOf = (context: RequestContext): string => context.person().tenant?.id ?? PLATFORM_TENANT_ID;

/** Rows of that home. */
export const scopeOf = (context: RequestContext): Scope =>
  context.person().tenant ? context.tenant() : context.scope('platform');

/** Where a template comes from: part of the product, shared by the platform, or the viewer’s own. */
export type Origin = 'curated' | 'platform' | 'own';

/** A template that the viewer sees. */
export interface Seen {
  origin: Origin;
  id: string;
  title: string;
  summary: string;
  /** The version that starts use. */
  liveVersion: number | null;
  newestVersion: number;
  /** The newest version does something else than the live one. */
  changed: boolean;
  liveLabel: string | null;
  forkedFrom: string | null;
  forkedVersion: number | null;
  /** Who made it; null for what comes with the product. */
  createdBy: string | null;
  updatedAt: Date | null;
}

export const curatedBy = (id: string): CuratedTemplate | undefined =>
  curatedTemplates.find((one) => one.id === id);

const seenCurated = ({ id, title, summary, version }: CuratedTemplate): Seen => ({
  ...{ origin: 'curated', id, title, summary, liveVersion: version, newestVersion: version },
  ...{ changed: false, liveLabel: null, forkedFrom: null, forkedVersion: null },
  ...{ createdBy: null, updatedAt: null },
});

const seen = (template: templates.WorkflowTemplate, origin: Origin, newestVersion: number): Seen => ({
  ...template,
  origin,
  newestVersion,
  changed: origin === 'own' && ![newestVersion, template.newestRepeats].includes(template.liveVersion ?? 0),
});

/** Own templates a page at a time; with the first page those that can be copied. */
export async function listSeen(
  context: RequestContext,
  page: templates.TemplateFilter,
): Promise<{ own: Seen[]; shared: Seen[]; nextCursor: string | null }> {
  const { db } = context.deps;
  const home = homeOf(context);
  const own = await db.inScope({ ...scopeOf(context), readOnly: true }, (tx) =>
    templates.list(tx, home, page),
  );
  const platform =
    home === PLATFORM_TENANT_ID
      ? []
      : await db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
          templates.listShared(tx, mostShared),
        );
  return {
    own: own.items.map((one) => seen(one, 'own', one.newestVersion)),
    shared: [
      ...platform.map((one) => seen(one, 'platform', one.liveVersion ?? 1)),
      ...curatedTemplates.map(seenCurated),
    ],
    nextCursor: own.nextCursor,
  };
}

const mostShared = 100;

/** A template the viewer may see: their own, one the platform shares, or a curated one. Throws `template.not-found`. */
export async function findSeen(context: RequestContext, id: string): Promise<Seen> {
  const curated = curatedBy(id);
  if (curated) return seenCurated(curated);
  const home = homeOf(context);
  const read = (scope: Scope, tenantId: string) =>
    context.deps.db.inScope({ ...scope, readOnly: true }, (tx) => templates.find(tx, tenantId, id));
  const own = await read(scopeOf(context), home);
  if (own) return seen(own, 'own', own.newestVersion);
  const shared =
    home === PLATFORM_TENANT_ID ? null : await read(context.scope('platform'), PLATFORM_TENANT_ID);
  if (!shared?.liveVersion) throw new AppError('template.not-found');
  return seen(shared, 'platform', shared.liveVersion);
}

/** Runs `work` where the versions of a template are. */
function whereVersionsAre<T>(
  context: RequestContext,
  { origin }: Seen,
  work: (tx: Tx, homeId: string) => Promise<T>,
) {
  const [scope, homeId] =
    origin === 'own' ? [scopeOf(context), homeOf(context)] : [context.scope('platform'), PLATFORM_TENANT_ID];
  return context.deps.db.inScope({ ...scope, readOnly: true }, (tx) => work(tx, homeId));
}

/** What a version does; of a template that isn’t the viewer’s own only the live one. Throws `template.version-not-found`. */
export async function definitionOf(
  context: RequestContext,
  template: Seen,
  version: number,
): Promise<Definition> {
  if (template.origin !== 'own' && version !== template.liveVersion)
    throw new AppError('template.version-not-found');
  const curated = template.origin === 'curated' ? curatedBy(template.id) : undefined;
  if (curated) return curated.definition;
  const found = await whereVersionsAre(context, template, (tx, homeId) =>
    templates.getVersion(tx, homeId, template.id, version),
  );
  return found.definition;
}

/** Versions of one of the viewer’s own templates, the newest first; of others the live one. */
export async function versionsOf(
  context: RequestContext,
  template: Seen,
): Promise<templates.TemplateVersion[]> {
  if (template.origin === 'own')
    return whereVersionsAre(context, template, (tx, homeId) =>
      templates.listVersions(tx, homeId, template.id),
    );
  const at = template.updatedAt ?? new Date(0);
  const { liveVersion, liveLabel: label } = template;
  const live = { version: liveVersion ?? 1, label, repeats: null, createdBy: 'platform' };
  return [{ ...live, createdAt: at, publishedAt: at }];
}

/** Throws `template.read-only` for what the viewer can only copy. */
export function assertOwn({ origin }: Seen): void {
  if (origin !== 'own') throw new AppError('template.read-only');
}

/** The id of what a request makes: sent again, it is the same one. */
export const idOfRequest = (context: RequestContext, requestKey: string): Promise<string> =>
  idFromKey('workflowTemplate', `${homeOf(context)}/${context.person().userId}/${requestKey}`);
