import * as events from '../../../db/repos/audit/events.ts';
import {
  TenantRecent,
  TenantTimeline,
  type TenantTimelineItem,
} from '../../../templates/admin/audit/tenant-timeline.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { Contributions, TenantTab } from '../../kit/contributions.ts';
import { subjectLabel } from '../shared/event-labels.ts';
import { actorLabel, viaLabels } from '../shared/names.ts';
import { readSealAttention } from './seal.ts';

async function readTimeline(context: RequestContext, tenantId: string, limit: number, cursor?: string) {
  const { page, via } = await context.deps.db.inScope(context.overview(), async (tx) => {
    const found = await events.list(tx, { tenantId, limit, cursor });
    return { page: found, via: await viaLabels(tx, found.items) };
  });
  const items = page.items.map((event): TenantTimelineItem => {
    const { reason } = event.data;
    const text = [subjectLabel(event), typeof reason === 'string' ? `“${reason}”` : undefined]
      .filter(Boolean)
      .join(' · ');
    return {
      at: event.occurredAt,
      action: event.action,
      who: [actorLabel(event.actor, event.actorName), via(event)].filter(Boolean).join(' '),
      ...(text && { text }),
      outcome: event.outcome,
    };
  });
  return { items, nextCursor: page.nextCursor };
}

const timelineTab: TenantTab = {
  key: 'timeline',
  title: 'Timeline',
  permission: 'tenants.read',
  order: 50,
  show: async (context, { line }, { cursor }) =>
    TenantTimeline({ tenantId: line.id, ...(await readTimeline(context, line.id, 50, cursor)), cursor }),
};

/** What the audit log adds to the page of a tenant. */
export const auditContributions: Contributions = {
  attention: { permission: 'audit.verify', read: readSealAttention },
  tenantTab: timelineTab,
  tenantPanel: {
    permission: 'tenants.read',
    async show(context, { line }) {
      const { items } = await readTimeline(context, line.id, 10);
      return items.length > 0 ? TenantRecent({ items }) : null;
    },
  },
};
