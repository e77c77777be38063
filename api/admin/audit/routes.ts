import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import type { ListedEvent } from '../../../db/repos/audit/events.ts';
import type { CheckpointsVerdict } from '../../../db/audit/checkpoint-verify.ts';
import { AuditPage, auditFilters, type AuditRow } from '../../../templates/admin/audit/audit.tsx';
import { auditCopy } from '../../../templates/admin/audit/copy.ts';
import type { ChainCheck } from '../../../templates/admin/audit/verify-panel.tsx';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { detailsOf, type TargetNames, targetLabel } from '../shared/event-labels.ts';
import { actorLabel } from '../shared/names.ts';
import { optionalParam, pageOf, queryOf } from '../shared/query.ts';
import { auditContributions } from './contributions.ts';
import { auditExport } from './export.ts';
import {
  auditQuery,
  checkCheckpoints,
  type CheckedChain,
  checkChains,
  readEvents,
  verifyBody,
} from './read.ts';
import { readSeal, sealRoutes } from './seal.ts';
import { tenantOptions } from './tenant-options.ts';

const eventItem = z.object({
  id: z.string(),
  tenantId: z.string(),
  tenantName: z.string().nullable(),
  seq: z.number().int(),
  occurredAt: z.string(),
  action: z.string(),
  outcome: z.enum(['success', 'failure', 'denied']),
  actor: z.object({ type: z.string(), id: z.string() }),
  actorName: z.string().nullable(),
  impersonatorId: z.string().nullable(),
  targets: z.array(z.object({ type: z.string(), id: z.string() })),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  context: z.record(z.string(), z.string()),
  hash: z.string(),
});

const verdict = z.object({
  intact: z.boolean(),
  checkedAt: z.string(),
  chains: z.array(
    z.object({
      tenantId: z.string(),
      name: z.string(),
      events: z.number().int(),
      broken: z.object({ seq: z.number().int(), problem: z.string() }).nullable(),
    }),
  ),
  /** Null where the chain of one tenant is checked. */
  checkpoints: z
    .object({
      checkpoints: z.number().int(),
      otherKeys: z.array(z.string()),
      broken: z
        .object({
          number: z.number().int(),
          problem: z.string(),
          event: z.object({ tenantId: z.string(), seq: z.number().int() }).nullable(),
        })
        .nullable(),
    })
    .nullable(),
});

const api = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/audit-events',
    access: 'audit.read',
    summary: 'The audit log, the newest entry first',
    query: auditQuery,
    response: pageOf(eventItem),
    async handle(context, { query }) {
      const { items, nextCursor } = await readEvents(context, query);
      return { items: items.map((event) => ({ ...event, context: { ...event.context } })), nextCursor };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/audit/verify',
    access: 'audit.verify',
    summary: 'Recompute the hash chains and checkpoints, and say whether any entry was changed or taken out',
    body: verifyBody,
    response: verdict,
    errors: ['tenant.not-found'],
    async handle(context, { body }) {
      const chains = await checkChains(context, body.tenantId);
      const checkpoints = body.tenantId ? null : await checkCheckpoints(context);
      const intact = chains.every(({ broken }) => !broken) && !checkpoints?.broken;
      return {
        ...{ intact, checkedAt: new Date().toISOString(), chains },
        checkpoints: checkpoints && { ...checkpoints, otherKeys: [...checkpoints.otherKeys] },
      };
    },
  }),
];

function toRow(event: ListedEvent, names: TargetNames): AuditRow {
  const { id, action, outcome, tenantId, tenantName, impersonatorId } = event;
  const [target] = event.targets;
  return {
    id,
    at: event.occurredAt,
    actor: actorLabel(event.actor, event.actorName),
    actorHref: event.actor.type === 'user' && event.actorName !== null ? paths.person(event.actor.id) : null,
    ...(impersonatorId && { impersonator: names.people.get(impersonatorId) ?? 'an unknown user' }),
    action,
    tenant: tenantId === PLATFORM_TENANT_ID ? null : { id: tenantId, name: tenantName ?? tenantId },
    target: targetLabel(event, names),
    targetHref: target?.type === 'user' && names.people.has(target.id) ? paths.person(target.id) : null,
    outcome,
    details: detailsOf(event),
  };
}

function toCheck({ name, events, broken }: CheckedChain, checkedAt: string): ChainCheck {
  const problem = broken && `Entry ${broken.seq}: ${broken.problem}`;
  return { name, entries: events, intact: !broken, ...(problem && { problem }), checkedAt };
}

/** The checkpoints as a line among the chains. */
function toSealCheck(
  { checkpoints, broken, otherKeys }: CheckpointsVerdict,
  chains: readonly CheckedChain[],
  checkedAt: string,
): ChainCheck {
  const { checked } = auditCopy.seal;
  const chainName = chains.find(({ tenantId }) => tenantId === broken?.event?.tenantId)?.name ?? null;
  const problem = broken
    ? checked.broken(broken.number, broken.problem, chainName)
    : otherKeys.length > 0 && checked.otherKeys(otherKeys);
  const intact = !broken && otherKeys.length === 0;
  return { name: checked.title, entries: checkpoints, intact, ...(problem && { problem }), checkedAt };
}

/** Checks everything there is, for the page. */
async function checkAll(context: RequestContext): Promise<ChainCheck[]> {
  const chains = await checkChains(context);
  const checkpoints = await checkCheckpoints(context);
  const checkedAt = new Date().toISOString();
  return [toSealCheck(checkpoints, chains, checkedAt), ...chains.map((one) => toCheck(one, checkedAt))];
}

/** Entries say much each: a page of them stays light. */
const entriesOnPage = 25;

const pages = [
  definePage({
    path: '/admin/audit',
    access: 'audit.read',
    // `check` asks for the check along with the list; it reads and changes nothing.
    query: auditQuery.extend({ check: optionalParam(z.literal('now').catch('now')) }),
    async show(context, { query: { check, ...query } }) {
      const mayVerify = context.can('audit.verify');
      const asked = { ...query, limit: entriesOnPage };
      const { items, nextCursor, total, names } = await readEvents(context, asked, { counted: true });
      return AuditPage({
        frame: pageContextOf(context),
        rows: items.map((event) => toRow(event, names)),
        query: queryOf(context, [...auditFilters, 'sort', 'cursor']),
        tenants: await tenantOptions(context, query.tenant),
        nextCursor,
        ...(total !== undefined && { total }),
        mayVerify,
        maySeeRetention: context.can('retention.read'),
        checks: check && mayVerify ? await checkAll(context) : null,
        seal: mayVerify ? await readSeal(context) : null,
      });
    },
  }),
  defineForm({
    path: '/admin/audit/verify',
    access: 'audit.verify',
    body: z.object({}),
    submit: async () => ({ to: '/admin/audit?check=now' }),
  }),
];

export const auditArea: Area = {
  side: 'admin',
  nav: [
    {
      title: 'Security',
      tabTitle: 'Audit log',
      href: paths.audit,
      icon: 'shield-check',
      group: 'Govern',
      permission: 'audit.read',
    },
  ],
  routes: [...api, ...sealRoutes, ...pages, ...auditExport],
  commands: () => [
    {
      title: 'Verify the audit log',
      words: 'check integrity chain',
      href: paths.auditCheck,
      permission: 'audit.verify',
    },
  ],
  ...auditContributions,
};
