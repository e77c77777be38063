import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const resetPasswordContract = defineProcess({
  name: 'reset-password',
  title: 'Password reset',
  summary: 'Sends the link for a new password, if the address it was asked for has an account.',
  queue: 'core',
  trigger: null,
  steps: [{ key: 'send', title: 'Send the link', lateAfterMs: 2 * minuteMs }],
  /** Every address that is asked for starts a run, so that the answer tells nothing. */
  input: z.strictObject({ resetId: z.string() }),
  output: z.object({ done: z.literal(true) }),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.resetId,
  subject: (input) => input.resetId,
});
