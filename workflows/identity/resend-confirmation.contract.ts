import { z } from 'zod';
import { emailAddress } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const resendConfirmationContract = defineProcess({
  name: 'resend-confirmation',
  title: 'Request for a confirmation link',
  summary: 'Sends a new link to confirm an email address, if its account isn’t confirmed yet.',
  queue: 'core',
  trigger: null,
  steps: [{ key: 'send', title: 'Send the link', lateAfterMs: 2 * minuteMs }],
  /** Every address that is asked for starts a run, so that the answer tells nothing. */
  input: z.strictObject({ requestId: z.string(), email: emailAddress }),
  output: z.object({ done: z.literal(true) }),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.requestId,
  subject: (input) => input.requestId,
});
