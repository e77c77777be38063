import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason, text } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

export const deprecateServerContract = defineProcess({
  name: 'deprecate-server',
  title: 'End of a service',
  summary:
    'Tells the owners who use a service now and 30, 7 and 1 days before it ends, switches it off and says so.',
  queue: 'core',
  about: 'service',
  trigger: null,
  steps: [
    { key: 'announce', title: 'Announcement' },
    { key: 'now', title: 'First mail' },
    { key: 'month', title: 'Mail 30 days before' },
    { key: 'week', title: 'Mail 7 days before' },
    { key: 'day', title: 'Mail one day before' },
    { key: 'end', title: 'Switched off' },
    { key: 'ended', title: 'Mail that it is off' },
  ],
  input: z.strictObject({
    server: kebabName,
    successor: kebabName.nullable(),
    offAt: z.iso.datetime(),
    notice: text(500).nullable(),
    reason,
    actor,
  }),
  output: z.object({ outcome: z.enum(['ended', 'calledOff', 'refused']) }),
  updates: {
    /** Answers when the end is announced, or with the reason why it cannot be. */
    announced: { input: z.null(), output: z.object({ offAt: z.string() }) },
    /** The service goes on after all. */
    callOff: { input: z.strictObject({ reason, by: actor }), output: z.null() },
  },
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.server,
  subject: (input) => input.server,
});
