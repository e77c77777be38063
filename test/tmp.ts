import { testDatabase, plantTenant, scope } from './support/database.ts';
import { stopTestServices } from './support/platform.ts';
const d = await testDatabase(); const { tenantId } = await plantTenant(d.db);
let on = true; const w = async () => { while (on) await d.db.inScope(scope({tenantId}), async (tx) => tx.record({action:'mail.sent', targets: []})); };
const ws = [w(), w()]; let wrong = 0;
for (let i=0;i<200;i++) await d.db.inScope(scope({tenantId}), async (tx) => {
  const rows = await tx.sql('events').where({tenant_id: tenantId}).orderBy('seq'); const head = await tx.sql('event_heads').where({tenant_id: tenantId}).first();
  if (head.seq !== rows.at(-1).seq) wrong++; });
on = false; await Promise.all(ws); console.log('two-statement reading: false alarms', wrong, 'of 200'); await d.close(); await stopTestServices();
