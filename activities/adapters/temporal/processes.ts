import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { AppError, isErrorCode } from '../../../db/domain/errors.ts';
import { workflowType } from '../../../workflows/define.ts';
import { startOptions } from '../../../workflows/start-options.ts';
import type { ProcessRequests } from '../../ports.ts';

/** Who starts what follows from a process. */
const platform = { id: 'platform' };

/** How long one try waits for an answer; shorter than a try may take, so that the error is known to be this one. */
const answerWithinMs = 20_000;

/** Temporal's errors by the error table; what says nothing of the outcome may be tried again. */
function translate(error: unknown): unknown {
  const { cause, message } = error as { cause?: unknown; message?: string };
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    // The update has its answer; asking again with the same key only gives it again.
    return ApplicationFailure.nonRetryable(cause.message, cause.type);
  }
  // An update of a run that has ended comes as a plain gRPC error.
  const isOver = /workflow execution already completed|workflow not found/i.test(String(message));
  if (error instanceof WorkflowNotFoundError || isOver) return new AppError('run.ended', { cause: error });
  return new AppError('service.unavailable', { cause: error });
}

async function answered<T>(call: (client: Client) => Promise<T>): Promise<T> {
  const { client } = Context.current();
  try {
    return await client.withDeadline(Date.now() + answerWithinMs, () => call(client));
  } catch (error) {
    throw translate(error);
  }
}

/** Processes as the worker's own connection to Temporal reaches them. Only inside activities. */
export const temporalProcesses: ProcessRequests = {
  async update(_contract, id, update, input, key) {
    return (await answered(({ workflow }) =>
      workflow.getHandle(id).executeUpdate(update, { args: [input], updateId: key }),
    )) as never;
  },
  async startWithSignal(contract, input, signal, signalInput) {
    await answered(({ workflow }) =>
      workflow.signalWithStart(workflowType(contract.name), {
        ...startOptions(contract, input, platform, new Date()),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        signal,
        signalArgs: [signalInput],
      }),
    );
  },
  async retryStep({ workflowId, runId }, input, key) {
    await answered(({ workflow }) =>
      workflow.getHandle(workflowId, runId).executeUpdate('retryStep', { args: [input], updateId: key }),
    );
  },
  async cancel({ workflowId, runId }) {
    await answered(({ workflow }) => workflow.getHandle(workflowId, runId).cancel());
  },
};
