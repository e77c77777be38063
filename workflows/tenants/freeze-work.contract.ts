import { z } from 'zod';
import { freezeReaches } from '../../db/domain/tenants/freeze.ts';
import { defineProcess } from '../define.ts';

export const freezeWorkContract = defineProcess({
  name: 'freeze-work',
  title: 'Freeze',
  summary: 'Pauses the schedules of a frozen tenant or of the platform, and resumes them when it’s unfrozen.',
  queue: 'core',
  about: 'tenant',
  cancelEffect: 'The freeze itself stays. Its schedules resume when it’s unfrozen.',
  trigger: null,
  steps: [
    { key: 'schedules', title: 'Schedules paused' },
    { key: 'hold', title: 'Unfrozen', pending: 'unfreeze it' },
    { key: 'catchUp', title: 'Schedules resumed' },
  ],
  input: z.strictObject({
    freezeId: z.string(),
    reach: z.enum(freezeReaches),
    /** The platform’s own id where the whole platform is frozen. */
    tenantId: z.string(),
  }),
  output: z.object({ resumed: z.number().int() }),
  updates: {},
  tenantId: (input) => input.tenantId,
  key: (input) => input.freezeId,
  subject: (input) => input.tenantId,
});
