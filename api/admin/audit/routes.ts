import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import type { ListedEvent } from '../../../db/repos/audit/events.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { AuditPage, type AuditRow } from '../../../templates/admin/audit/audit.tsx';
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
import { auditQuery, type CheckedChain, checkChains, readEvents, verifyBody } from './read.ts';

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
    summary: 'Recompute the hash chains and say whether any entry was changed or taken out',
    body: verifyBody,
    response: verdict,
    errors: ['tenant.not-found'],
    async handle(context, { body }) {
      const chains = await checkChains(context, body.tenantId);
      return { intact: chains.every(({ broken }) => !broken), checkedAt: new Date().toISOString(), chains };
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

/** As many as a list to choose from can hold; the search finds the others' pages. */
const tenantsToChooseFrom = 100;
/** Entries say much each: a page of them stays light. */
const entriesOnPage = 30;

async function tenantOptions(context: RequestContext, chosen: string | undefined) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const listed = await tenants.listNames(tx, tenantsToChooseFrom);
    const missing = chosen && !listed.some(({ id }) => id === chosen) ? await tenants.find(tx, chosen) : null;
    const options = [...(missing ? [missing] : []), ...listed].map(({ id, name }) => ({
      value: id,
      label: name,
    }));
    const platform = { value: PLATFORM_TENANT_ID, label: 'The platform' };
    return context.can('audit.verify') ? [platform, ...options] : options;
  });
}

const pages = [
  definePage({
    path: '/admin/audit',
    access: 'audit.read',
    // `check` asks for the check along with the list; it reads and changes nothing.
    query: auditQuery.extend({ check: optionalParam(z.literal('now').catch('now')) }),
    async show(context, { query: { check, ...query } }) {
      const mayVerify = context.can('audit.verify');
      const { items, nextCursor, names } = await readEvents(context, {
        ...query,
        limit: entriesOnPage,
      });
      const chains = check && mayVerify ? await checkChains(context) : null;
      const checkedAt = new Date().toISOString();
      return AuditPage({
        frame: pageContextOf(context),
        rows: items.map((event) => toRow(event, names)),
        query: queryOf(context, ['action', 'actor', 'tenant', 'from', 'to', 'cursor']),
        tenants: await tenantOptions(context, query.tenant),
        nextCursor,
        mayVerify,
        maySeeRetention: context.can('retention.read'),
        checks: chains && chains.map((one) => toCheck(one, checkedAt)),
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
  routes: [...api, ...pages, ...auditExport],
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
