import {
  type Client,
  isGrpcDeadlineError,
  isGrpcServiceError,
  type WorkflowExecutionDescription,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WithStartWorkflowOperation,
} from '@temporalio/client';
import { InternalWorkflowStartOptionsSymbol } from '@temporalio/client/lib/internal.js';
import type { temporal } from '@temporalio/proto';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { Actor } from '../../db/domain/actor.ts';
import { AppError, isErrorCode } from '../../db/domain/errors.ts';
import type { Progress } from '../../db/domain/progress.ts';
import {
  type Identity,
  type InputOf,
  type OutputOf,
  type ProcessDeclaration,
  type SignalsOf,
  type UpdatesOf,
  workflowId,
  workflowType,
} from '../../workflows/define.ts';
import type { AdminAction } from '../../workflows/shared/admin-actions.ts';

type Contract = ProcessDeclaration;
type Started<P extends Contract> = P & Identity<InputOf<P>>;

/** How long a person waits for an answer before being told that it takes longer. */
const answerWithinMs = 20_000;
const describeWithinMs = 3_000;

const keys = {
  tenantId: defineSearchAttributeKey('TenantId', SearchAttributeType.KEYWORD),
  process: defineSearchAttributeKey('Process', SearchAttributeType.KEYWORD),
  subject: defineSearchAttributeKey('Subject', SearchAttributeType.KEYWORD),
  actorId: defineSearchAttributeKey('ActorId', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('State', SearchAttributeType.KEYWORD),
  changedAt: defineSearchAttributeKey('ChangedAt', SearchAttributeType.DATETIME),
};

/** gRPC codes that say "not now": unavailable, deadline exceeded, resource exhausted, cancelled. */
const passing = new Set([14, 4, 8, 1]);

/** A failure of the process as the code its story gave it. */
function fromFailure(failure: unknown): AppError | null {
  if (!(failure instanceof ApplicationFailure)) return null;
  const code = isErrorCode(failure.type) ? failure.type : 'internal.unexpected';
  const fields = (failure.details?.[0] as { fields?: Record<string, string> } | undefined)?.fields;
  return new AppError(code, {
    ...(code === failure.type && { text: failure.message }),
    ...(fields && { fields }),
    cause: failure,
  });
}

function translate(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError) {
    return fromFailure(error.cause) ?? new AppError('run.ended', { cause: error });
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError)
    return new AppError('run.conflict', { cause: error });
  if (error instanceof WorkflowNotFoundError) return new AppError('run.ended', { cause: error });
  if (isGrpcDeadlineError(error)) return new AppError('process.timeout', { cause: error });
  const code = isGrpcServiceError(error)
    ? error.code
    : (error as { cause?: { code?: number } } | undefined)?.cause?.code;
  if (typeof code === 'number' && passing.has(code))
    return new AppError('service.unavailable', { cause: error });
  // An update on a run that ends before it answers, or has ended, comes as a plain gRPC error.
  const text = String((error as Error | undefined)?.message);
  if (/workflow execution already completed|update.*(?:aborted|workflow.*complet)/i.test(text)) {
    return new AppError('run.ended', { cause: error });
  }
  return error;
}

async function answered<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + answerWithinMs, call);
  } catch (error) {
    throw translate(error);
  }
}

export type RunDescription = WorkflowExecutionDescription;
export interface HistoryPage {
  events: temporal.api.history.v1.IHistoryEvent[];
  nextToken: string | null;
}

/** How the API reaches processes. The only place that knows Temporal's client. */
export type Processes = ReturnType<typeof createProcesses>;

export function createProcesses(client: Client) {
  function startOptions<P extends Contract>(contract: Started<P>, input: InputOf<P>, actor: Actor) {
    const tenantId = contract.tenantId(input);
    return {
      workflowId: workflowId(tenantId, contract.name, contract.key(input)),
      taskQueue: contract.queue,
      args: [input] as [InputOf<P>],
      // One tenant's flood does not keep the others waiting.
      priority: { fairnessKey: tenantId.slice(0, 64) },
      typedSearchAttributes: new TypedSearchAttributes([
        { key: keys.tenantId, value: tenantId },
        { key: keys.process, value: contract.name },
        { key: keys.subject, value: contract.subject(input) },
        { key: keys.actorId, value: actor.id },
        { key: keys.state, value: 'running' },
        { key: keys.changedAt, value: new Date() },
      ]),
    };
  }

  return {
    /**
     * Starts a process; a run of the same identity that is still going on is a conflict. The same `requestKey` again
     * answers with the run it started the first time, even when that one has ended.
     */
    async start<P extends Contract>(
      contract: Started<P>,
      input: InputOf<P>,
      actor: Actor,
      requestKey?: string,
    ): Promise<{ workflowId: string; runId: string }> {
      return answered(client, async () => {
        const handle = await client.workflow.start(workflowType(contract.name), {
          ...startOptions(contract, input, actor),
          ...(requestKey && { [InternalWorkflowStartOptionsSymbol]: { requestId: requestKey } }),
          workflowIdConflictPolicy: 'FAIL',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        });
        return { workflowId: handle.workflowId, runId: handle.firstExecutionRunId };
      });
    },

    /**
     * Starts a process, or joins the run of the same identity, and waits for the answer to `update`: the caller
     * learns the validated outcome of the first step, and asking twice is the same as asking once.
     */
    async startWithUpdate<P extends Contract, Name extends keyof UpdatesOf<P>>(
      contract: Started<P>,
      input: InputOf<P>,
      actor: Actor,
      update: Name,
      updateInput: UpdatesOf<P>[Name]['input'],
    ): Promise<UpdatesOf<P>[Name]['output']> {
      return answered(client, () =>
        client.workflow.executeUpdateWithStart(update, {
          args: [updateInput],
          startWorkflowOperation: new WithStartWorkflowOperation(workflowType(contract.name), {
            ...startOptions(contract, input, actor),
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
          }),
        }),
      ) as Promise<UpdatesOf<P>[Name]['output']>;
    },

    /** Tells a process a fact; starts it where no run of the same identity is under way. Returns once it is recorded. */
    async startWithSignal<P extends Contract, Name extends keyof SignalsOf<P>>(
      contract: Started<P>,
      input: InputOf<P>,
      actor: Actor,
      signal: Name,
      signalInput: SignalsOf<P>[Name],
    ): Promise<void> {
      await answered(client, () =>
        client.workflow.signalWithStart(workflowType(contract.name), {
          ...startOptions(contract, input, actor),
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          signal,
          signalArgs: [signalInput],
        }),
      );
    },

    /**
     * Asks a running process for something and waits for its answer. The same `requestKey` again gets the same answer,
     * and nothing is done twice.
     */
    async update<P extends Contract, Name extends keyof UpdatesOf<P>>(
      _contract: Started<P>,
      id: string,
      update: Name,
      input: UpdatesOf<P>[Name]['input'],
      requestKey?: string,
    ): Promise<UpdatesOf<P>[Name]['output']> {
      return answered(client, () =>
        client.workflow
          .getHandle(id)
          .executeUpdate(update, { args: [input], ...(requestKey && { updateId: requestKey }) }),
      ) as Promise<UpdatesOf<P>[Name]['output']>;
    },

    /** What a process ended with; waits for the end. Throws the code it failed with. */
    async result<P extends Contract>(_contract: Started<P>, id: string): Promise<OutputOf<P>> {
      return answered(client, () => client.workflow.getHandle(id).result()) as Promise<OutputOf<P>>;
    },

    /** One of the orders every process understands, for one run. */
    async adminAction(
      target: { workflowId: string; runId: string },
      order: AdminAction,
      input: { step: string; reason: string; by: Actor },
    ): Promise<void> {
      await answered(client, () => runOf(target).executeUpdate(order, { args: [input] }));
    },

    async cancel(target: { workflowId: string; runId: string }): Promise<void> {
      await answered(client, () => runOf(target).cancel());
    },

    async terminate(target: { workflowId: string; runId: string }, reason: string): Promise<void> {
      await answered(client, () => runOf(target).terminate(reason));
    },

    /** Progress of the newest run with this id, straight from Temporal; no worker is needed. Null when there is none. */
    async findProgress(id: string): Promise<{ progress: Progress; open: boolean; runId: string } | null> {
      try {
        const description = await answered(client, () => client.workflow.getHandle(id).describe());
        const progress = description.memo?.['progress'] as Progress | undefined;
        return progress
          ? { progress, open: description.status.name === 'RUNNING', runId: description.runId }
          : null;
      } catch (error) {
        if (error instanceof AppError && error.code === 'run.ended') return null;
        throw error;
      }
    },

    /** What Temporal says of a run now; waits only a moment, since there is the projection to fall back on. */
    async describe(target: { workflowId: string; runId: string }): Promise<RunDescription> {
      return client
        .withDeadline(Date.now() + describeWithinMs, () => runOf(target).describe())
        .catch((error: unknown) => {
          throw translate(error);
        });
    },

    async fetchHistory(target: { workflowId: string; runId: string }) {
      return answered(client, () => runOf(target).fetchHistory());
    },

    /** A part of a run's history as recorded, oldest first; `token` is the `nextToken` of the part before. */
    async historyPage(
      { workflowId: id, runId }: { workflowId: string; runId: string },
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

    /** Where the code of a running process stands; needs a worker, so it waits only a moment. */
    async stackTrace(target: { workflowId: string; runId: string }): Promise<string> {
      return client
        .withDeadline(Date.now() + 3_000, () => runOf(target).query<string>('__stack_trace'))
        .catch((error: unknown) => {
          throw translate(error);
        });
    },

    dataConverter: client.options.loadedDataConverter,

    async ping(): Promise<void> {
      await client.withDeadline(Date.now() + 3_000, () => client.workflowService.getSystemInfo({}));
    },

    /** Whether some worker polls the queue. */
    async isPolled(queue: string): Promise<boolean> {
      const { pollers } = await client.withDeadline(Date.now() + 3_000, () =>
        client.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: queue },
          taskQueueType: 1,
        }),
      );
      const recentS = Date.now() / 1_000 - 70;
      return (pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) > recentS);
    },
  };

  function runOf({ workflowId: id, runId }: { workflowId: string; runId: string }): WorkflowHandle {
    return client.workflow.getHandle(id, runId);
  }
}
