import type { Tx } from '../../scope.ts';
import type { Page } from '../../domain/common.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { AppError } from '../../domain/errors.ts';
import type { EventBody } from '../../domain/event.ts';
import type { Certificate, CertificateSigner, CertifiedAct } from '../../domain/identity/certificate.ts';
import type { Impersonation } from '../../domain/identity/impersonation.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, first } from '../shared/rows.ts';

/** What views leave behind. Every function here needs the reach of the platform. */

/**
 * Keeps one request of a view before it is answered. The view can't end while this runs, so that a certificate misses no
 * request. Throws `view.ended`.
 */
export async function recordRequest(
  tx: Tx,
  request: { viewId: string; route: string; changes: boolean; data: Record<string, string> },
): Promise<void> {
  const open = await first<{ tenantId: string }>(
    tx.sql.raw(
      `select tenant_id from auth.impersonations where id = ? and ended_at is null and expires_at > now() for share`,
      [request.viewId],
    ),
  );
  if (!open) throw new AppError('view.ended');
  tx.record({
    action: request.changes ? 'impersonation.change-requested' : 'impersonation.page-viewed',
    targets: [
      { type: 'route', id: request.route },
      { type: 'impersonation', id: request.viewId },
    ],
    data: request.data,
    tenantId: open.tenantId,
  });
}

const select = `
  select i.id, i.user_id, i.admin_id, i.tenant_id, i.reason, i.ticket, i.mode, i.started_at, i.expires_at, i.opened_at,
         coalesce(i.ended_at, case when i.expires_at <= now() then i.expires_at end) as ended_at, i.ended_by,
         coalesce(i.end_reason, case when i.expires_at <= now() then 'expired' end) as end_reason,
         i.signature is not null as is_certified, u.name as user_name, a.name as admin_name, t.name as tenant_name,
         b.name as ended_by_name
  from auth.impersonations i
  join public.users u on u.id = i.user_id
  join public.users a on a.id = i.admin_id
  join public.tenants t on t.id = i.tenant_id
  left join public.users b on b.id = i.ended_by`;

export async function find(tx: Tx, id: string): Promise<Impersonation | null> {
  return first<Impersonation>(tx.sql.raw(`${select} where i.id = ?`, [id]));
}

/** Throws `view.not-found`; also for a view of another tenant, where one is given. */
export async function get(tx: Tx, id: string, tenantId?: string): Promise<Impersonation> {
  const view = await find(tx, id);
  if (!view || (tenantId !== undefined && view.tenantId !== tenantId)) throw new AppError('view.not-found');
  return view;
}

/** The view an administrator started last; null before the first. */
export async function findLatest(tx: Tx, adminId: string): Promise<Impersonation | null> {
  return first<Impersonation>(
    tx.sql.raw(`${select} where i.admin_id = ? order by i.started_at desc limit 1`, [adminId]),
  );
}

export interface ViewFilter {
  tenantId?: string | undefined;
  state?: 'open' | 'ended' | undefined;
  adminId?: string | undefined;
  userId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Newest first. */
export async function list(tx: Tx, filter: ViewFilter): Promise<Page<Impersonation>> {
  const query = tx
    .sql(tx.sql.raw(`(${select}) as v`))
    .select('v.*', tx.sql.raw('v.started_at::text as key_0'), 'v.id as key_1');
  if (filter.tenantId) void query.where('v.tenant_id', filter.tenantId);
  if (filter.adminId) void query.where('v.admin_id', filter.adminId);
  if (filter.userId) void query.where('v.user_id', filter.userId);
  if (filter.state === 'open') void query.whereNull('v.ended_at');
  if (filter.state === 'ended') void query.whereNotNull('v.ended_at');
  return keysetPage<Impersonation>(query, {
    columns: ['v.started_at', 'v.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
  });
}

const aboutOf = ({ targets }: EventBody): string =>
  targets[0]?.type === 'route' ? targets[0].id : targets.map(({ type, id }) => `${type} ${id}`).join(', ');

/** Every event of a view's sessions, oldest first. */
async function eventsOf(tx: Tx, view: Impersonation): Promise<EventBody[]> {
  const rows = await all<{ body: EventBody }>(
    tx.sql.raw(
      `select e.body from events e
       where e.actor_id = :userId and e.impersonator_id = :adminId
         and e.occurred_at >= :startedAt::timestamptz - interval '1 day'
         and e.body #>> '{context,sessionId}' in (select id from auth.sessions where impersonation_id = :id)
       order by e.occurred_at, e.tenant_id, e.seq`,
      { userId: view.userId, adminId: view.adminId, id: view.id, startedAt: view.startedAt },
    ),
  );
  return rows.map(({ body }) => body);
}

const toAct = (event: EventBody): CertifiedAct => ({
  at: event.occurredAt,
  action: event.action,
  outcome: event.outcome,
  about: aboutOf(event),
  data: event.data,
});

/** What an administrator read and did in a view so far. */
export async function listActs(
  tx: Tx,
  view: Impersonation,
): Promise<{ read: CertifiedAct[]; actions: CertifiedAct[] }> {
  const acts = (await eventsOf(tx, view)).map(toAct);
  const isRead = ({ action }: CertifiedAct) => action === 'impersonation.page-viewed';
  return { read: acts.filter(isRead), actions: acts.filter((act) => !isRead(act)) };
}

/**
 * Writes the certificate of a view that has ended; once, however often it is asked for.
 *
 * @param view after its end: `endedAt` and `endReason` are set
 */
export async function certify(tx: Tx, id: string, signer: CertificateSigner): Promise<void> {
  // Requests hold this row while they are recorded: those that came before the end are all there.
  await tx.sql.raw('select 1 from auth.impersonations where id = ? for update', [id]);
  const view = await get(tx, id);
  if (view.isCertified) return;
  if (!view.endedAt || !view.endReason) throw new Error('only a view that has ended has a certificate');
  const issuedAt = await first<{ at: Date }>(tx.sql.raw('select now() as at'));
  const content: Certificate = {
    version: 1,
    keyId: signer.keyId,
    view: {
      id,
      mode: view.mode,
      reason: view.reason,
      ticket: view.ticket,
      startedAt: view.startedAt.toISOString(),
      openedAt: view.openedAt?.toISOString() ?? null,
      expiresAt: view.expiresAt.toISOString(),
      endedAt: view.endedAt.toISOString(),
      endReason: view.endReason,
      endedBy: view.endedByName,
    },
    person: { id: view.userId, name: view.userName },
    administrator: { id: view.adminId, name: view.adminName },
    tenant: { id: view.tenantId, name: view.tenantName },
    ...(await listActs(tx, view)),
    issuedAt: (issuedAt?.at ?? view.endedAt).toISOString(),
  };
  const text = canonicalJson(content);
  await tx.sql.raw('update auth.impersonations set certificate = ?::jsonb, signature = ? where id = ?', [
    text,
    signer.sign(text),
    id,
  ]);
  tx.record({
    action: 'impersonation.certified',
    targets: [
      { type: 'user', id: view.userId },
      { type: 'impersonation', id },
    ],
    data: { pages: content.read.length, actions: content.actions.length, keyId: signer.keyId },
    tenantId: view.tenantId,
  });
}

/** The certificate as it is stored, with its signature. Throws `view.not-found`, `view.not-certified`. */
export async function getCertificate(
  tx: Tx,
  id: string,
  tenantId?: string,
): Promise<{ content: Certificate; signature: string }> {
  await get(tx, id, tenantId);
  const found = await first<{ certificate: Certificate | null; signature: string | null }>(
    tx.sql.raw('select certificate, signature from auth.impersonations where id = ?', [id]),
  );
  if (!found?.certificate || !found.signature) throw new AppError('view.not-certified');
  return { content: found.certificate, signature: found.signature };
}

/** Everyone who ever started a view, by name. */
export async function listAdmins(tx: Tx): Promise<{ id: string; name: string }[]> {
  return all(
    tx.sql.raw(
      `select u.id, u.name from public.users u
       where exists (select 1 from auth.impersonations i where i.admin_id = u.id) order by u.name limit 200`,
    ),
  );
}
