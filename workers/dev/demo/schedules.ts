import type { ApiClient } from './api-client.ts';
import { otherBusinesses } from './businesses.ts';
import type { DemoPart } from './demo.ts';

interface Planned {
  tenant: string;
  server: string;
  when: Record<string, unknown>;
  /** Set where it is paused, and why. */
  paused?: string;
}

/** Plans checks of a connection, unless the tenant has some; a list is a moment behind, a second start is later. */
async function plan(admin: ApiClient, tenantId: string, { server, when, paused }: Planned): Promise<void> {
  const { id } = await admin.call<{ id: string }>('POST', '/api/admin/schedules', {
    process: 'test-connection',
    input: { tenantId, server },
    when,
    reason: 'Checked before the business opens',
  });
  if (paused) await admin.call('POST', `/api/admin/schedules/${id}/pause`, { reason: paused });
}

/** Three schedules: two that start in the same minute, and one that is paused. */
export const schedulesDemo: DemoPart = {
  title: 'Schedules',
  async plant(demo, progress) {
    const admin = await demo.as('admin');
    const [other] = otherBusinesses;
    const planned: Planned[] = [
      {
        tenant: demo.own.name,
        server: 'stripe',
        when: { kind: 'cron', cron: '30 7 * * MON-FRI', timezone: 'Europe/Madrid' },
      },
      {
        tenant: demo.own.name,
        server: 'trello',
        when: { kind: 'cron', cron: '30 7 * * *', timezone: 'Europe/Madrid' },
      },
      {
        tenant: other?.name ?? demo.own.name,
        server: 'mailchimp',
        when: { kind: 'cron', cron: '0 2 * * *', timezone: 'America/New_York' },
        paused: 'The vendor is down for maintenance this week',
      },
    ];
    const { items } = await admin.call<{ items: unknown[] }>('GET', '/api/admin/schedules');
    if (items.length === 0)
      for (const [index, one] of planned.entries()) {
        await plan(admin, await demo.tenantIdOf(one.tenant), one);
        progress(index + 1, planned.length);
      }
    progress(planned.length, planned.length);
  },
};
