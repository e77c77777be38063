import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { AppError } from '../../../db/domain/errors.ts';
import { classify, type Progress } from '../../../db/domain/progress.ts';
import { answered, answeredSoon } from './errors.ts';
import { runOf, type RunTarget } from './run-target.ts';

export type RunDescription = WorkflowExecutionDescription;
export interface HistoryPage {
  events: temporal.api.history.v1.IHistoryEvent[];
  nextToken: string | null;
}

/** Number of Temporal's WorkflowTaskFailedCause. */
const nonDeterministic = 24;

/** What can be read of a run. */
export function reading(client: Client) {
  return {
    /** Progress of the newest run with this id, straight from Temporal; no worker is needed. Null when there is none. */
    async findProgress(id: string): Promise<{ progress: Progress; open: boolean; runId: string } | null> {
      try {
        const description = await answered(client, () => client.workflow.getHandle(id).describe());
        const progress = description.memo?.['progress'] as Progress | undefined;
        return progress
          ? {
              progress: classify(progress),
              open: description.status.name === 'RUNNING',
              runId: description.runId,
            }
          : null;
      } catch (error) {
        if (error instanceof AppError && error.code === 'run.ended') return null;
        throw error;
      }
    },

    /** What Temporal knows of a run now; waits only a moment, since there is the projection to fall back on. */
    async describe(target: RunTarget): Promise<RunDescription> {
      return answeredSoon(client, () => runOf(client, target).describe());
    },

    /**
     * Why the code of the workflow failed on this run the last time it was given a task; null when that isn't the
     * last thing that happened.
     */
    async lastTaskFailure({ workflowId, runId }: RunTarget): Promise<'nonDeterminism' | 'error' | null> {
      const { history } = await answeredSoon(client, () =>
        client.workflowService.getWorkflowExecutionHistoryReverse({
          namespace: client.options.namespace,
          execution: { workflowId, runId },
          maximumPageSize: 5,
        }),
      );
      const failed = history?.events?.find(({ workflowTaskFailedEventAttributes }) =>
        Boolean(workflowTaskFailedEventAttributes),
      )?.workflowTaskFailedEventAttributes;
      if (!failed) return null;
      return Number(failed.cause) === nonDeterministic ? 'nonDeterminism' : 'error';
    },

    async fetchHistory(target: RunTarget) {
      return answered(client, () => runOf(client, target).fetchHistory());
    },

    /** A part of a run's history as recorded, oldest first; `token` is the `nextToken` of the part before. */
    async historyPage(
      { workflowId: id, runId }: RunTarget,
      { size, token }: { size: number; token?: string | undefined },
    ): Promise<HistoryPage> {
      const { history, nextPageToken } = await answered(client, () =>
        client.workflowService.getWorkflowExecutionHistory({
          namespace: client.options.namespace,
          execution: { workflowId: id, runId },
          maximumPageSize: size,
          ...(token && { nextPageToken: Buffer.from(token, 'base64url') }),
        }),
      );
      const more = nextPageToken && nextPageToken.length > 0;
      return {
        events: history?.events ?? [],
        nextToken: more ? Buffer.from(nextPageToken).toString('base64url') : null,
      };
    },

    /** The line of code an open run is at; needs a worker, so it waits only a moment. */
    async stackTrace(target: RunTarget): Promise<string> {
      return answeredSoon(client, () => runOf(client, target).query<string>('__stack_trace'));
    },

    dataConverter: client.options.loadedDataConverter,
  };
}
