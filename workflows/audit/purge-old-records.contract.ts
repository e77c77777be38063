import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { retentionRules } from '../../db/domain/audit/retention.ts';
import { defineProcess } from '../define.ts';

const rules = retentionRules.map(({ key, title }) => ({ key, title }));

export const purgeOldRecordsContract = defineProcess({
  name: 'purge-old-records',
  title: 'Removal of old records',
  summary: 'Removes every night what nobody needs any longer, and keeps sums of what counts; never ends.',
  queue: 'core',
  trigger: null,
  steps: [{ key: 'rest', title: 'Wait for the next night' }, ...rules],
  input: z.strictObject({
    /** Number of the round to begin with. */
    round: z.number().int().min(0),
  }),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
