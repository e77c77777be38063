import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { defineProcess } from '../define.ts';

export const startTemplatesContract = defineProcess({
  name: 'start-templates',
  title: 'Start workflows on events',
  summary: 'Starts workflow templates on the events they wait for, every ten seconds. Never ends.',
  queue: 'core',
  trigger: null,
  endless: true,
  steps: [
    { key: 'start', title: 'Start workflows' },
    { key: 'wait', title: 'Next look in ten seconds' },
  ],
  input: z.strictObject({
    /** How far templates have looked whose runs the turn before started. */
    started: z.array(z.strictObject({ tenantId: z.string(), templateId: z.string(), seq: z.number().int() })),
  }),
  output: z.object({}),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  key: () => 'all',
  subject: () => PLATFORM_TENANT_ID,
});
