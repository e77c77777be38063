import { z } from 'zod';

export const actor = z.object({
  type: z.enum(['user', 'apikey', 'agent', 'workflow', 'system']),
  id: z.string().min(1),
});
/** Who acts: a person, a key, an agent, a workflow or the platform itself. */
export type Actor = z.infer<typeof actor>;

/** Where an action came from; holds no secrets. */
export interface ActContext {
  ip?: string;
  userAgent?: string;
  requestId?: string;
  workflowId?: string;
  runId?: string;
  sessionId?: string;
}

/** Who acts in a transaction and from where; every event carries it. */
export interface Attribution {
  actor: Actor;
  impersonatorId?: string;
  context: ActContext;
}
