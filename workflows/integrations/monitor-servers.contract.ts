import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { defineProcess } from '../define.ts';

export const monitorServersContract = defineProcess({
  name: 'monitor-servers',
  title: 'Watch over services',
  summary:
    'Checks every service in use each five minutes, with the connection of another tenant each time; never ends.',
  queue: 'core',
  trigger: null,
  steps: [
    { key: 'check', title: 'Check the services' },
    { key: 'rest', title: 'Wait for the next round' },
  ],
  input: z.strictObject({
    /** Number of the round to begin with. */
    turn: z.number().int().min(0),
  }),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
