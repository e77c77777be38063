import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const disableServerContract = defineProcess({
  name: 'disable-server',
  title: 'Turn off server',
  summary: 'Turns a server off for every tenant immediately, and emails the owners who use it.',
  queue: 'core',
  about: 'server',
  trigger: null,
  steps: [
    { key: 'disable', title: 'Turned off' },
    { key: 'notify', title: 'Email to owners', lateAfterMs: 10 * minuteMs },
  ],
  input: z.strictObject({
    /** Another one each time, as a server can be turned off again. */
    disableId: z.string(),
    server: kebabName,
    reason,
    actor,
  }),
  output: z.object({ outcome: z.enum(['disabled', 'refused']) }),
  updates: {
    /** Answers when the server is off, or with the reason why it cannot be turned off. */
    disabled: { input: z.null(), output: z.object({ disabledAt: z.string() }) },
  },
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.disableId,
  subject: (input) => input.server,
});
