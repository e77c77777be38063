import { z } from 'zod';
import { actor, type Actor } from '../../db/domain/actor.ts';
import { testResults } from '../../db/domain/integrations/connection.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

/** Result of a test. */
export const connectionTest = z.object({
  result: z.enum(testResults),
  ms: z.number(),
  /** Public text of the problem, from the error table or the vendor; null when it works. */
  problem: z.string().nullable(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const testConnectionContract = defineProcess({
  name: 'test-connection',
  title: 'Test connection',
  summary: 'Calls a connected server once to check that it answers and accepts our credentials.',
  queue: 'core',
  tellsCaller: true,
  about: 'server',
  trigger: null,
  schedule: {
    permission: 'schedules.manage',
    given: z.strictObject({
      tenantId: z.string().meta({ title: 'Tenant ID' }),
      server: kebabName.meta({ title: 'Server', description: 'Name of a connected server, such as stripe.' }),
    }),
    // Every planned time has a run of its own, so the id needs nothing of the moment.
    toInput: (given: { tenantId: string; server: string }, by: Actor) => ({
      ...given,
      testId: 'scheduled',
      actor: by,
    }),
  },
  steps: [{ key: 'test', title: 'Test call' }],
  input: z.strictObject({ tenantId: z.string(), testId: z.string(), server: kebabName, actor }),
  output: connectionTest,
  updates: {
    /** Answers with the result. */
    tested: { input: z.null(), output: connectionTest },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.testId,
  subject: (input) => input.server,
});
