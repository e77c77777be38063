import { z } from 'zod';

export const actor = z.object({
  type: z.enum(['user', 'apikey', 'agent', 'workflow', 'system']),
  id: z.string().min(1),
  /** For a key of a person: that person. */
  onBehalfOf: z.string().optional(),
});
/** Who acts: a person, a key, an agent, a workflow or the platform itself. */
export type Actor = z.infer<typeof actor>;

/** The id of the person behind an act: for a key of a person that person, else who acts. */
export const personBehind = ({ id, onBehalfOf }: Actor): string => onBehalfOf ?? id;

/** Where an action came from; holds no secrets. */
export interface ActContext {
  ip?: string;
  userAgent?: string;
  requestId?: string;
  workflowId?: string;
  runId?: string;
  sessionId?: string;
  /** The person a key acted for. */
  onBehalfOf?: string;
}

/** Who acts in a transaction and from where; every event carries it. */
export interface Attribution {
  actor: Actor;
  impersonatorId?: string;
  context: ActContext;
}
