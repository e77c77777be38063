import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import { InternalWorkflowStartOptionsSymbol } from '@temporalio/client/lib/internal.js';
import type { Actor } from '../../../db/domain/actor.ts';
import {
  type Identity,
  type InputOf,
  type ProcessDeclaration,
  type SignalsOf,
  type UpdatesOf,
  workflowType,
} from '../../../workflows/define.ts';
import { startOptions } from '../../../workflows/start-options.ts';
import { answered } from './errors.ts';

type Startable<P extends ProcessDeclaration> = P & Identity<InputOf<P>>;

/** The ways a run begins. */
export function starting(client: Client) {
  return {
    /**
     * Starts a process; an open run of the same identity is a conflict. The same `requestKey` again
     * answers with the run it started the first time, even when that one has ended.
     */
    async start<P extends ProcessDeclaration>(
      contract: Startable<P>,
      input: InputOf<P>,
      actor: Actor,
      requestKey?: string,
    ): Promise<{ workflowId: string; runId: string }> {
      return answered(client, async () => {
        const handle = await client.workflow.start(workflowType(contract.name), {
          ...startOptions(contract, input, actor, new Date()),
          ...(requestKey && { [InternalWorkflowStartOptionsSymbol]: { requestId: requestKey } }),
          workflowIdConflictPolicy: 'FAIL',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        });
        return { workflowId: handle.workflowId, runId: handle.firstExecutionRunId };
      });
    },

    /** Starts a process unless a run of the same identity was started before, whether or not it has ended. */
    async startOnce<P extends ProcessDeclaration>(
      contract: Startable<P>,
      input: InputOf<P>,
      actor: Actor,
    ): Promise<void> {
      await answered(client, () =>
        client.workflow
          .start(workflowType(contract.name), {
            ...startOptions(contract, input, actor, new Date()),
            workflowIdConflictPolicy: 'FAIL',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          })
          .catch((error: unknown) => {
            if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          }),
      );
    },

    /**
     * Starts a process, or joins the run of the same identity, and waits for the answer to `update`: the caller
     * learns the validated outcome of the first step, and asking twice is the same as asking once.
     */
    async startWithUpdate<P extends ProcessDeclaration, Name extends keyof UpdatesOf<P>>(
      contract: Startable<P>,
      input: InputOf<P>,
      actor: Actor,
      update: Name,
      updateInput: UpdatesOf<P>[Name]['input'],
    ): Promise<UpdatesOf<P>[Name]['output']> {
      return answered(client, () =>
        client.workflow.executeUpdateWithStart(update, {
          args: [updateInput],
          startWorkflowOperation: new WithStartWorkflowOperation(workflowType(contract.name), {
            ...startOptions(contract, input, actor, new Date()),
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
          }),
        }),
      ) as Promise<UpdatesOf<P>[Name]['output']>;
    },

    /** Signals a fact to a run; starts one where none of the same identity is open. Returns once it is recorded. */
    async startWithSignal<P extends ProcessDeclaration, Name extends keyof SignalsOf<P>>(
      contract: Startable<P>,
      input: InputOf<P>,
      actor: Actor,
      signal: Name,
      signalInput: SignalsOf<P>[Name],
    ): Promise<void> {
      await answered(client, () =>
        client.workflow.signalWithStart(workflowType(contract.name), {
          ...startOptions(contract, input, actor, new Date()),
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          signal,
          signalArgs: [signalInput],
        }),
      );
    },
  };
}
