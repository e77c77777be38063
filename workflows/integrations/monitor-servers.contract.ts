import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { defineProcess } from '../define.ts';

export const monitorServersContract = defineProcess({
  name: 'monitor-servers',
  title: 'Monitor servers',
  summary:
    'Checks every server in use every five minutes, each time through another tenant’s connection. Never ends.',
  queue: 'core',
  trigger: null,
  endless: true,
  steps: [
    { key: 'check', title: 'Check the servers' },
    { key: 'wait', title: 'Next check in 5 minutes' },
  ],
  input: z.strictObject({
    /** Number of the turn to begin with: it decides whose connection is used. */
    turn: z.number().int().min(0),
  }),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
