import { PLATFORM_TENANT_ID } from '../../../domain/ids.ts';
import type { Tx } from '../../../scope.ts';
import { first } from '../../shared/rows.ts';
import { get } from './templates.ts';

const about = (tenantId: string, id: string) => ({
  tenantId,
  targets: [{ type: 'workflowTemplate' as const, id }],
});

/** Since when a web address starts the template; null without one. */
export async function hookSince(tx: Tx, tenantId: string, id: string): Promise<Date | null> {
  const found = await first<{ hookAt: Date | null }>(
    tx.sql('workflow_templates').where({ tenant_id: tenantId, id }).select('hook_at'),
  );
  return found?.hookAt ?? null;
}

/** Gives a template a web address in place of the one before; only the hash of its secret is kept. */
export async function setHook(tx: Tx, tenantId: string, id: string, hash: string): Promise<void> {
  await get(tx, tenantId, id);
  const replaced = (await hookSince(tx, tenantId, id)) !== null;
  await tx
    .sql('workflow_templates')
    .where({ tenant_id: tenantId, id })
    .update({ hook_hash: hash, hook_at: new Date() });
  tx.record({ action: 'workflow-template.address-created', ...about(tenantId, id), data: { replaced } });
}

/** From now on no web address starts the template. */
export async function removeHook(tx: Tx, tenantId: string, id: string): Promise<void> {
  await get(tx, tenantId, id);
  if ((await hookSince(tx, tenantId, id)) === null) return;
  await tx
    .sql('workflow_templates')
    .where({ tenant_id: tenantId, id })
    .update({ hook_hash: null, hook_at: null });
  tx.record({ action: 'workflow-template.address-removed', ...about(tenantId, id) });
}

/** The template of a business that a web address starts. Needs the reach of the platform. */
export async function findByHook(
  tx: Tx,
  hash: string,
): Promise<{ tenantId: string; id: string; liveVersion: number | null } | null> {
  return first(
    tx
      .sql('workflow_templates')
      .where({ hook_hash: hash })
      .whereNot({ tenant_id: PLATFORM_TENANT_ID })
      .select('tenant_id', 'id', 'live_version'),
  );
}
