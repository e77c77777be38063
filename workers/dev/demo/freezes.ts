import type { DemoPart } from './demo.ts';

/** One business that an administrator has frozen. */
export const freezesDemo: DemoPart = {
  title: 'frozen tenant',
  async plant(demo, progress) {
    const admin = await demo.as('admin');
    const tenantId = await demo.tenantIdOf('Casa Azul Hostel');
    // Frozen already, it stays as it is.
    await admin.call('POST', `/api/admin/tenants/${tenantId}/freeze`, {
      reason: 'The owner reports that someone else is using the account.',
    });
    progress(1, 1);
  },
};
