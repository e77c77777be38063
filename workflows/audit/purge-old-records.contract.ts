import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { retentionRules } from '../../db/domain/audit/retention.ts';
import { defineProcess } from '../define.ts';

const rules = retentionRules.map(({ key, title }) => ({ key, title }));

export const purgeOldRecordsContract = defineProcess({
  name: 'purge-old-records',
  title: 'Purge old records',
  summary: 'Removes expired records every night and keeps daily totals. Never ends.',
  queue: 'core',
  trigger: null,
  endless: true,
  steps: [{ key: 'wait', title: 'Next run tonight' }, ...rules],
  input: z.strictObject({
    /** Number of the purge run to begin with. */
    purgeRun: z.number().int().min(0),
  }),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
