import type { DemoPart } from './demo.ts';

const reason = 'The owner asked on the phone why an invitation did not arrive.';
/** What support looks at, as one would for that question. */
const pages = ['/api/session', '/api/client/team', '/api/client/integrations'] as const;

interface Views {
  items: { id: string }[];
}

/** One view as the owner of the demo's own business, ended, so that its certificate can be read. */
export const viewDemo: DemoPart = {
  title: 'support view',
  async plant(demo, progress) {
    const owner = await demo.as(demo.own);
    const { userId } = await owner.call<{ userId: string }>('GET', '/api/session');
    const admin = await demo.as('admin');
    const before = await admin.call<Views>('GET', `/api/admin/impersonations?person=${userId}`);
    if (before.items.length === 0) {
      const path = `/api/admin/impersonate/${userId}`;
      const { exchangeToken } = await admin.call<{ exchangeToken: string }>('POST', path, {
        reason,
        ticket: 'HELP-204',
      });
      await admin.call('POST', '/api/impersonation/open', { exchangeToken });
      for (const page of pages) await admin.call('GET', page);
      await admin.call('POST', '/api/impersonation/end', {});
    }
    progress(1, 1);
  },
};
