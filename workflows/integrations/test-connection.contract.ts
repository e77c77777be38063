import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { kebabName, testResults } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

/** How a test went. */
export const connectionTest = z.object({
  result: z.enum(testResults),
  ms: z.number(),
  /** What was wrong, as the error table or the service says it; null when it works. */
  problem: z.string().nullable(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const testConnectionContract = defineProcess({
  name: 'test-connection',
  title: 'Test of a connection',
  summary: 'Asks a connected service one small question, and says whether it answers and still accepts us.',
  queue: 'core',
  about: 'service',
  trigger: null,
  steps: [{ key: 'test', title: 'Question to the service' }],
  input: z.strictObject({ tenantId: z.string(), testId: z.string(), server: kebabName, actor }),
  output: connectionTest,
  updates: {
    /** Answers when the service has answered, or has not. */
    tested: { input: z.null(), output: connectionTest },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.testId,
  subject: (input) => input.server,
});
