import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs } from '../../../db/domain/time.ts';
import { otherBusinesses } from './businesses.ts';
import type { DemoPart } from './demo.ts';

interface Listed {
  items: { tenant: { id: string }; startedAt: string }[];
}

/** One business whose card is refused when its trial ends: it is past due, then restricted. */
export const overdueDemo: DemoPart = {
  title: 'overdue invoice',
  async plant(demo, progress) {
    const admin = await demo.as('admin');
    const overdue = otherBusinesses.filter(({ trouble }) => trouble === 'overdue');
    for (const [done, { name }] of overdue.entries()) {
      const tenantId = await demo.tenantIdOf(name);
      const find = async () => {
        const { items } = await admin.call<Listed>('GET', '/api/admin/dunning?limit=200');
        return items.find(({ tenant }) => tenant.id === tenantId) ?? null;
      };
      const moveTo = (atMs: number) =>
        admin.call('POST', `/api/admin/tenants/${tenantId}/clock`, { to: new Date(atMs).toISOString() });
      let found = await find();
      if (!found) await moveTo(Date.now() + 15 * dayMs);
      for (let attempt = 0; !found && attempt < 60; attempt += 1) {
        await sleep(500);
        found = await find();
      }
      if (!found) throw new Error(`${name} is not overdue`);
      await moveTo(Date.parse(found.startedAt) + 17 * dayMs);
      progress(done + 1, overdue.length);
    }
  },
};
