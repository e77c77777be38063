import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason, text } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

export const deprecateServerContract = defineProcess({
  name: 'deprecate-server',
  title: 'Deprecate server',
  summary:
    'Notifies the owners who use a server now and 30, 7 and 1 days before it is retired, then retires it.',
  queue: 'core',
  about: 'server',
  trigger: null,
  steps: [
    { key: 'deprecate', title: 'Deprecated' },
    { key: 'now', title: 'First email' },
    { key: 'month', title: 'Email 30 days before' },
    { key: 'week', title: 'Email 7 days before' },
    { key: 'day', title: 'Email one day before' },
    { key: 'retire', title: 'Retired' },
    { key: 'retired', title: 'Final email' },
  ],
  input: z.strictObject({
    server: kebabName,
    successor: kebabName.nullable(),
    offAt: z.iso.datetime(),
    notice: text(500).nullable(),
    reason,
    actor,
  }),
  output: z.object({ outcome: z.enum(['retired', 'undone', 'refused']) }),
  updates: {
    /** Answers when the server is deprecated, or with the reason why it cannot be. */
    deprecated: { input: z.null(), output: z.object({ offAt: z.string() }) },
    /** Undoes the deprecation. */
    undo: { input: z.strictObject({ reason, by: actor }), output: z.null() },
  },
  manualMessages: {
    undo: {
      title: 'Undo the deprecation',
      happens: 'The server stays available, and no further email is sent.',
    },
  },
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.server,
  subject: (input) => input.server,
});
