import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { defineProcess } from '../define.ts';

export const remindApiKeysContract = defineProcess({
  name: 'remind-api-keys',
  title: 'Reminders of expiring API keys',
  summary: 'Reminds people 14, 3 and 1 days before an API key expires. Looks every hour and never ends.',
  queue: 'core',
  trigger: null,
  endless: true,
  steps: [
    { key: 'remind', title: 'Remind of keys that expire' },
    { key: 'wait', title: 'Next look in an hour' },
  ],
  input: z.strictObject({}),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
