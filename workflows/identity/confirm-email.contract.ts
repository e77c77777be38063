import { z } from 'zod';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const confirmEmailContract = defineProcess({
  name: 'confirm-email',
  title: 'Email confirmation',
  summary: 'Sends a person a new link to confirm their email address.',
  queue: 'core',
  trigger: 'processes.trigger',
  schedule: { permission: 'schedules.manage' },
  member: 'userId',
  steps: [{ key: 'send', title: 'Send the link', lateAfterMs: 2 * minuteMs }],
  input: z.strictObject({
    tenantId: z.string().meta({ title: 'Tenant ID' }),
    userId: z.string().meta({ title: 'User ID' }),
  }),
  output: z.object({ sent: z.literal(true) }),
  updates: {},
  tenantId: (input) => input.tenantId,
  key: (input) => input.userId,
  subject: (input) => input.userId,
});
