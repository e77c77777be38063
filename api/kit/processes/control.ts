import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { AppError, type ErrorCode } from '../../../db/domain/errors.ts';
import { answered } from './errors.ts';
import type { RunTarget } from './run-target.ts';

/** Numbers of gRPC's NOT_FOUND and FAILED_PRECONDITION. */
const notFound = 5;
const failedPrecondition = 9;

/** Number of Temporal's RESET_REAPPLY_TYPE_ALL_ELIGIBLE. */
const reapplyAll = 3;

/** What Temporal's two answers that say "not now" mean for one call. */
type Meanings = Readonly<{ missing: ErrorCode; refused: ErrorCode }>;

/** What an administrator does to a run, or to one activity of it, in Temporal itself; no code of the run sees it. */
export function control(client: Client) {
  const { workflowService: service } = client;
  const { namespace } = client.options;

  async function told(call: () => Promise<unknown>, { missing, refused }: Meanings): Promise<void> {
    try {
      await answered(client, call);
    } catch (error) {
      const code = isGrpcServiceError(error) ? Number(error.code) : null;
      if (code === notFound) throw new AppError(missing, { cause: error });
      if (code === failedPrecondition) throw new AppError(refused, { cause: error });
      throw error;
    }
  }

  const ofRun = ({ workflowId, runId }: RunTarget, by: string) => ({
    ...{ namespace, workflowId, runId },
    identity: by,
    requestId: randomUUID(),
  });
  const ofActivity = ({ workflowId, runId }: RunTarget, id: string, by: string) => ({
    ...{ namespace, execution: { workflowId, runId }, id },
    identity: by,
  });

  return {
    /** Whether the server can pause runs: it has to be allowed in its settings, and older ones can't. */
    async canPause(): Promise<boolean> {
      const { namespaceInfo } = await answered(client, () => service.describeNamespace({ namespace }));
      return namespaceInfo?.capabilities?.workflowPause ?? false;
    },

    /** Holds up a run and its activities. `by` is an id; the reason is kept by the audit log only. */
    async pause(target: RunTarget, by: string): Promise<void> {
      await told(() => service.pauseWorkflowExecution(ofRun(target, by)), {
        missing: 'run.ended',
        refused: 'run.paused',
      });
    },

    async unpause(target: RunTarget, by: string): Promise<void> {
      await told(() => service.unpauseWorkflowExecution(ofRun(target, by)), {
        missing: 'run.ended',
        refused: 'run.not-paused',
      });
    },

    /**
     * Ends a run and starts a new one that has its history up to a completed workflow task, which is decided anew;
     * updates and signals after it are sent again. The same request id answers with the same new run.
     */
    async reset(
      { workflowId, runId }: RunTarget,
      { eventId, by, requestId }: { eventId: number; by: string; requestId: string },
    ): Promise<string> {
      const answer = await answered(client, () =>
        service.resetWorkflowExecution({
          namespace,
          workflowExecution: { workflowId, runId },
          // Typed as a Long, which protobuf takes as a number too.
          workflowTaskFinishEventId: eventId as never,
          resetReapplyType: reapplyAll,
          requestId,
          identity: by,
        }),
      );
      return answer.runId;
    },

    /** Holds up one activity: an attempt that runs may still end, another one isn't made. */
    async pauseActivity(target: RunTarget, id: string, by: string): Promise<void> {
      const request = { ...ofActivity(target, id, by), requestId: randomUUID() };
      await told(() => service.pauseActivity(request), { missing: 'work.not-found', refused: 'work.paused' });
    },

    async unpauseActivity(target: RunTarget, id: string, by: string): Promise<void> {
      await told(() => service.unpauseActivity(ofActivity(target, id, by)), {
        missing: 'work.not-found',
        refused: 'work.not-paused',
      });
    },

    /** Counts the attempts of an activity from one again and makes the next one immediately; a paused one stays paused. */
    async resetActivity(target: RunTarget, id: string, by: string): Promise<void> {
      const request = { ...ofActivity(target, id, by), keepPaused: true };
      await told(() => service.resetActivity(request), {
        missing: 'work.not-found',
        refused: 'work.not-found',
      });
    },
  };
}
