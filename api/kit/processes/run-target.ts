import type { Client, WorkflowHandle } from '@temporalio/client';

/** One execution; an empty run id means the newest one. */
export interface RunTarget {
  workflowId: string;
  runId: string;
}

export function runOf(client: Client, { workflowId, runId }: RunTarget): WorkflowHandle {
  return client.workflow.getHandle(workflowId, runId);
}
