import type { Page, Paging } from '../../../domain/common.ts';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../domain/ids.ts';
import type { Definition } from '../../../domain/runs/templates/definition.ts';
import type { Tx } from '../../../scope.ts';
import { keysetPage } from '../../shared/paging.ts';
import { all, first, one } from '../../shared/rows.ts';

export interface WorkflowTemplate {
  id: string;
  tenantId: string;
  title: string;
  summary: string;
  /** The version that starts use; null until one was published. */
  liveVersion: number | null;
  newestVersion: number;
  /** The version that the newest one repeats; itself without one. */
  newestRepeats: number;
  /** What people call the live version. */
  liveLabel: string | null;
  forkedFrom: string | null;
  forkedVersion: number | null;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface TemplateVersion {
  version: number;
  label: string | null;
  /** The earlier version whose definition it repeats. */
  repeats: number | null;
  createdBy: string;
  createdAt: Date;
  publishedAt: Date | null;
}

/** With the number of its newest version. */
const columns = `t.tenant_id, t.id, t.title, t.summary, t.live_version, t.forked_from, t.forked_version, t.created_by,
  t.created_at, t.updated_at, n.version as newest_version, coalesce(n.repeats, n.version) as newest_repeats,
  (select v.label from workflow_template_versions v where v.tenant_id = t.tenant_id and v.template_id = t.id
    and v.version = t.live_version) as live_label`;

const rowsOf = (tx: Tx) =>
  tx.sql('workflow_templates as t').joinRaw(`join lateral (select v.version, v.repeats
    from workflow_template_versions v where v.tenant_id = t.tenant_id and v.template_id = t.id
    order by v.version desc limit 1) n on true`);

const about = (tenantId: string, id: string) => ({
  targets: [{ type: 'workflowTemplate' as const, id }],
  tenantId,
});

/** What a template’s versions are: published as they are, never published, or changed since. */
export const templateStates = ['live', 'draft', 'changed'] as const;
export type TemplateState = (typeof templateStates)[number];

export interface TemplateFilter extends Paging {
  q?: string | undefined;
  state?: TemplateState | undefined;
}

const stateConditions: Record<TemplateState, string> = {
  live: 't.live_version in (n.version, n.repeats)',
  draft: 't.live_version is null',
  changed: 't.live_version <> n.version and t.live_version is distinct from n.repeats',
};

/** Templates of a tenant, the last changed first. */
export async function list(
  tx: Tx,
  tenantId: string,
  { cursor, limit, q, state }: TemplateFilter,
): Promise<Page<WorkflowTemplate>> {
  const query = rowsOf(tx)
    .where({ 't.tenant_id': tenantId })
    .select(tx.sql.raw(columns), tx.sql.raw('t.updated_at::text as key_0'), 't.id as key_1');
  if (q) {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((any) => any.whereILike('t.title', pattern).orWhereILike('t.summary', pattern));
  }
  if (state) void query.whereRaw(stateConditions[state]);
  return keysetPage(query, {
    columns: ['t.updated_at', 't.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor,
    limit,
  });
}

/** Templates of the platform that every business may copy: those with a live version. Needs the reach of the platform. */
export async function listShared(tx: Tx, limit: number): Promise<WorkflowTemplate[]> {
  return all(
    rowsOf(tx)
      .where({ 't.tenant_id': PLATFORM_TENANT_ID })
      .whereNotNull('t.live_version')
      .orderByRaw('lower(t.title), t.id')
      .limit(limit)
      .select(tx.sql.raw(columns)),
  );
}

export async function find(tx: Tx, tenantId: string, id: string): Promise<WorkflowTemplate | null> {
  return first(rowsOf(tx).where({ 't.tenant_id': tenantId, 't.id': id }).select(tx.sql.raw(columns)));
}

/** Throws `template.not-found`. */
export async function get(tx: Tx, tenantId: string, id: string): Promise<WorkflowTemplate> {
  const found = await find(tx, tenantId, id);
  if (!found) throw new AppError('template.not-found');
  return found;
}

/** The newest versions first. */
export async function listVersions(
  tx: Tx,
  tenantId: string,
  id: string,
  limit = 100,
): Promise<TemplateVersion[]> {
  return all(
    tx
      .sql('workflow_template_versions')
      .where({ tenant_id: tenantId, template_id: id })
      .orderBy('version', 'desc')
      .limit(limit)
      .select('version', 'label', 'repeats', 'created_by', 'created_at', 'published_at'),
  );
}

/** A version with what it does; the newest without a number. Throws `template.version-not-found`. */
export async function getVersion(
  tx: Tx,
  tenantId: string,
  id: string,
  version?: number,
): Promise<TemplateVersion & { definition: Definition }> {
  const query = tx
    .sql('workflow_template_versions')
    .where({ tenant_id: tenantId, template_id: id })
    .orderBy('version', 'desc');
  if (version !== undefined) void query.where({ version });
  const found = await first<TemplateVersion & { definition: Definition }>(query.limit(1));
  if (!found) throw new AppError('template.version-not-found');
  return found;
}

export interface NewTemplate {
  id: string;
  tenantId: string;
  title: string;
  summary: string;
  definition: Definition;
  forked?: { from: string; version: number } | undefined;
  /** Its first version is live at once; for a copy of what was published. */
  live?: boolean | undefined;
  createdBy: string;
}

/** A new template with its first version; the same id again is the template it made. Throws `template.limit-reached`. */
export async function insert(tx: Tx, template: NewTemplate): Promise<WorkflowTemplate> {
  const { tenantId, id, title, summary, definition, forked, live = false, createdBy } = template;
  const before = await find(tx, tenantId, id);
  if (before) return before;
  const { count } = await one<{ count: number }>(
    tx.sql('workflow_templates').where({ tenant_id: tenantId }).select(tx.sql.raw('count(*)::int as count')),
  );
  if (count >= mostTemplates) throw new AppError('template.limit-reached');
  const row = {
    ...{ tenant_id: tenantId, id, title, summary, created_by: createdBy },
    live_version: live ? 1 : null,
    forked_from: forked?.from ?? null,
    forked_version: forked?.version ?? null,
    ...(live && (await listening(tx, tenantId, definition))),
  };
  await tx.sql('workflow_templates').insert(row);
  await insertVersion(tx, { tenantId, id, version: 1, definition, createdBy, published: live });
  tx.record({
    action: forked ? 'workflow-template.copied' : 'workflow-template.created',
    ...about(tenantId, id),
    data: { title, ...(forked && { from: forked.from, version: forked.version }) },
  });
  return get(tx, tenantId, id);
}

/** The event that starts a template from now on. */
async function listening(tx: Tx, tenantId: string, { on }: Definition) {
  const head = await first<{ seq: number }>(
    tx.sql('event_heads').where({ tenant_id: tenantId }).select('seq'),
  );
  return { on_event: on?.action ?? null, event_seq: head?.seq ?? 0 };
}

/** As many as a list shows at a glance; a business needs a few dozen. */
const mostTemplates = 200;

async function insertVersion(
  tx: Tx,
  of: {
    tenantId: string;
    id: string;
    version: number;
    definition: Definition;
    createdBy: string;
    published?: boolean;
    repeats?: number | undefined;
  },
): Promise<void> {
  await tx.sql('workflow_template_versions').insert({
    tenant_id: of.tenantId,
    template_id: of.id,
    version: of.version,
    definition: JSON.stringify(of.definition),
    created_by: of.createdBy,
    repeats: of.repeats ?? null,
    published_at: of.published ? new Date() : null,
  });
}

/** Held until the transaction ends, so that of two changes at once the second sees the first. */
async function hold(tx: Tx, tenantId: string, id: string): Promise<WorkflowTemplate> {
  await tx.sql('workflow_templates').where({ tenant_id: tenantId, id }).forUpdate().first('id');
  return get(tx, tenantId, id);
}

/**
 * Adds a version, the new draft. `base` is the version it was made from: with another one in between it throws
 * `template.changed`. Throws `template.not-found`.
 */
export async function saveDraft(
  tx: Tx,
  change: {
    tenantId: string;
    id: string;
    base: number;
    definition: Definition;
    title?: string | undefined;
    summary?: string | undefined;
    /** Taken from the source of the copy. */
    upgradedTo?: number | undefined;
    /** The version whose definition this is, after an undo. */
    repeats?: number | undefined;
    by: string;
  },
): Promise<number> {
  const { tenantId, id, base, definition, title, summary, upgradedTo, repeats, by } = change;
  await hold(tx, tenantId, id);
  const newest = await getVersion(tx, tenantId, id);
  if (newest.version !== base) throw new AppError('template.changed');
  const version = base + 1;
  await insertVersion(tx, { tenantId, id, version, definition, createdBy: by, repeats });
  await tx
    .sql('workflow_templates')
    .where({ tenant_id: tenantId, id })
    .update({
      updated_at: new Date(),
      ...(title !== undefined && { title }),
      ...(summary !== undefined && { summary }),
      ...(upgradedTo !== undefined && { forked_version: upgradedTo }),
    });
  tx.record({ action: 'workflow-template.changed', ...about(tenantId, id), data: { version } });
  return version;
}

/** Leaves a copy as it is: it isn't offered this version of its source again. */
export async function skipUpgrade(tx: Tx, tenantId: string, id: string, version: number): Promise<void> {
  const { forkedVersion } = await hold(tx, tenantId, id);
  if (forkedVersion === null || forkedVersion >= version) return;
  await tx.sql('workflow_templates').where({ tenant_id: tenantId, id }).update({ forked_version: version });
  tx.record({ action: 'workflow-template.upgrade-skipped', ...about(tenantId, id), data: { version } });
}

/**
 * Makes a version the one that starts use; a draft becomes fixed for good, with what people call it. Runs finish on
 * their own version. Throws `template.not-found`, `template.version-not-found`.
 */
export async function publish(
  tx: Tx,
  tenantId: string,
  id: string,
  { version, label }: { version: number; label?: string | undefined },
): Promise<void> {
  const before = await hold(tx, tenantId, id);
  const { publishedAt, definition } = await getVersion(tx, tenantId, id, version);
  if (before.liveVersion === version) return;
  if (!publishedAt) {
    await tx
      .sql('workflow_template_versions')
      .where({ tenant_id: tenantId, template_id: id, version })
      .update({ published_at: new Date(), label: label ?? null });
  }
  await tx
    .sql('workflow_templates')
    .where({ tenant_id: tenantId, id })
    .update({ live_version: version, updated_at: new Date() });
  // Of the same event nothing is missed; of another one only what comes from now on starts it.
  const { onEvent } = await one<{ onEvent: string | null }>(
    tx.sql('workflow_templates').where({ tenant_id: tenantId, id }).select('on_event'),
  );
  if (onEvent !== (definition.on?.action ?? null)) {
    const listens = await listening(tx, tenantId, definition);
    await tx.sql('workflow_templates').where({ tenant_id: tenantId, id }).update(listens);
  }
  const data = { version, before: before.liveVersion, ...(label !== undefined && { label }) };
  tx.record({ action: 'workflow-template.published', ...about(tenantId, id), data });
}
