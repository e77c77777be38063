import type { Issue } from '../../../db/domain/runs/templates/issue.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { Definition } from '../../../db/domain/runs/templates/definition.ts';
import * as templates from '../../../db/repos/runs/templates/templates.ts';
import type { RequestContext } from '../../kit/context.ts';
import { assertRight, definitionOrThrow, issuesOf } from './checked.ts';
import {
  assertOwn,
  definitionOf,
  findSeen,
  homeOf,
  idOfRequest,
  scopeOf,
  type Seen,
  versionsOf,
} from './home.ts';

/** What a new template does until its maker says more: nothing that reaches anyone. */
const starting: Definition = {
  parameters: { type: 'object', properties: {}, required: [] },
  steps: [{ id: 'first', kind: 'record', title: 'Write a note', change: 'note', text: 'This workflow ran.' }],
};

export interface Saved {
  id: string;
  version: number;
  issues: Issue[];
}

/** Throws `request.invalid`, `template.limit-reached`. */
export async function createTemplate(
  context: RequestContext,
  given: { title: string; summary: string; definition?: unknown },
  requestKey: string,
): Promise<Saved> {
  const { title, summary } = given;
  const definition = given.definition === undefined ? starting : definitionOrThrow(given.definition);
  const id = await idOfRequest(context, requestKey);
  const template = {
    id,
    tenantId: homeOf(context),
    title,
    summary,
    definition,
    createdBy: context.person().userId,
  };
  await context.deps.db.inScope(scopeOf(context), (tx) => templates.insert(tx, template));
  return { id, version: 1, issues: await issuesOf(context, definition, id) };
}

/** A copy of what the viewer may see, live at once: it was published where it comes from. */
export async function copyTemplate(context: RequestContext, id: string, requestKey: string): Promise<Saved> {
  const source = await findSeen(context, id);
  const { liveVersion: version, title, summary } = source;
  if (version === null) throw new AppError('template.not-live');
  const definition = await definitionOf(context, source, version);
  const copyId = await idOfRequest(context, `${requestKey}/${id}`);
  const issues = await issuesOf(context, definition, copyId);
  await context.deps.db.inScope(scopeOf(context), (tx) =>
    templates.insert(tx, {
      ...{ id: copyId, tenantId: homeOf(context), title, summary, definition },
      forked: { from: id, version },
      live: issues.length === 0,
      createdBy: context.person().userId,
    }),
  );
  return { id: copyId, version: 1, issues };
}

export interface Change {
  /** The version it was made from. */
  base: number;
  definition: unknown;
  title?: string | undefined;
  summary?: string | undefined;
  /** The earlier version whose definition it is. */
  repeats?: number | undefined;
}

/** Saves a new draft. Throws `template.read-only`, `template.changed`, `request.invalid`. */
export async function saveTemplate(context: RequestContext, id: string, change: Change): Promise<Saved> {
  const template = await findSeen(context, id);
  assertOwn(template);
  const definition = definitionOrThrow(change.definition);
  const version = await context.deps.db.inScope(scopeOf(context), (tx) =>
    templates.saveDraft(tx, {
      ...change,
      definition,
      tenantId: homeOf(context),
      id,
      by: context.person().userId,
    }),
  );
  return { id, version, issues: await issuesOf(context, definition, id) };
}

/** Makes the definition of an earlier version the newest draft. */
export async function restoreVersion(context: RequestContext, id: string, version: number): Promise<Saved> {
  const template = await findSeen(context, id);
  assertOwn(template);
  const definition = await definitionOf(context, template, version);
  return saveTemplate(context, id, { base: template.newestVersion, definition, repeats: version });
}

/** The version that was worked on before the newest one: an undo leads there, and the next one further back. */
export async function versionBefore(context: RequestContext, template: Seen): Promise<number | null> {
  const versions = new Map((await versionsOf(context, template)).map((one) => [one.version, one] as const));
  let at = template.newestVersion;
  for (let repeats = versions.get(at)?.repeats; repeats; repeats = versions.get(at)?.repeats) at = repeats;
  const earlier = [...versions.keys()].filter((version) => version < at);
  return earlier.length > 0 ? Math.max(...earlier) : null;
}

/** Steps back from the newest draft. Throws `template.nothing-to-undo`. */
export async function undoChange(context: RequestContext, id: string): Promise<Saved> {
  const version = await versionBefore(context, await findSeen(context, id));
  if (version === null) throw new AppError('template.nothing-to-undo');
  return restoreVersion(context, id, version);
}

/** Back to the live version. Throws `template.not-live`. */
export async function discardChanges(context: RequestContext, id: string): Promise<Saved> {
  const { liveVersion } = await findSeen(context, id);
  if (liveVersion === null) throw new AppError('template.not-live');
  return restoreVersion(context, id, liveVersion);
}

/** Makes a version the one that starts use. Throws `template.invalid` with each problem at its place. */
export async function publishVersion(
  context: RequestContext,
  id: string,
  { version, label }: { version: number; label?: string | undefined },
): Promise<void> {
  const template = await findSeen(context, id);
  assertOwn(template);
  await assertRight(context, await definitionOf(context, template, version), id);
  await context.deps.db.inScope(scopeOf(context), (tx) =>
    templates.publish(tx, homeOf(context), id, { version, label }),
  );
}

/** The live version of what a copy was made from, where that is newer than what the copy has; null without. */
export async function upgradeOf(context: RequestContext, id: string) {
  const copy = await findSeen(context, id);
  if (copy.forkedFrom === null) return null;
  const source = await findSeen(context, copy.forkedFrom).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'template.not-found') return null;
    throw error;
  });
  if (!source?.liveVersion || source.liveVersion <= (copy.forkedVersion ?? 0)) return null;
  return {
    copy,
    title: source.title,
    version: source.liveVersion,
    definition: await definitionOf(context, source, source.liveVersion),
  };
}

/** Takes the newer version of the source as a new draft; what is live stays until the draft is published. */
export async function upgradeCopy(context: RequestContext, id: string): Promise<Saved> {
  const found = await upgradeOf(context, id);
  if (!found) throw new AppError('template.version-not-found');
  const { copy, version: upgradedTo, definition } = found;
  assertOwn(copy);
  const by = context.person().userId;
  const change = { tenantId: homeOf(context), id, base: copy.newestVersion, definition, upgradedTo, by };
  const version = await context.deps.db.inScope(scopeOf(context), (tx) => templates.saveDraft(tx, change));
  return { id, version, issues: await issuesOf(context, definition, id) };
}

/** Keeps the copy as it is; it is offered the next version of its source again. Throws `template.version-not-found`. */
export async function skipUpgrade(context: RequestContext, id: string): Promise<void> {
  const found = await upgradeOf(context, id);
  if (!found) throw new AppError('template.version-not-found');
  await context.deps.db.inScope(scopeOf(context), (tx) =>
    templates.skipUpgrade(tx, homeOf(context), id, found.version),
  );
}
