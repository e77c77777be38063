import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { defineProcess } from '../define.ts';

export const sealAuditLogContract = defineProcess({
  name: 'seal-audit-log',
  title: 'Seal the audit log',
  summary: 'Signs a checkpoint of new audit log entries every minute, or every 1,000 entries. Never ends.',
  queue: 'core',
  trigger: null,
  endless: true,
  steps: [
    { key: 'seal', title: 'Seal new entries' },
    { key: 'wait', title: 'Next seal in a minute' },
  ],
  input: z.strictObject({
    /** Number of the turn to begin with; every third one seals however few entries there are. */
    turn: z.number().int().min(0),
  }),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
