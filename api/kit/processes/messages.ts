import type { Client } from '@temporalio/client';
import { encodeToPayloads } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import type { Actor } from '../../../db/domain/actor.ts';
import type { OutputOf, ProcessDeclaration, SignalsOf, UpdatesOf } from '../../../workflows/define.ts';
import {
  type AdminAction,
  type WaitAction,
  type WaitActionInput,
  waitActions,
} from '../../../workflows/shared/admin-actions.ts';
import { answered } from './errors.ts';
import { runOf, type RunTarget } from './run-target.ts';

/** What an open run can be asked and told. */
export function messages(client: Client) {
  return {
    /**
     * Asks a running process for something and waits for its answer. The same `requestKey` again gets the same answer,
     * and nothing is done twice.
     */
    async update<P extends ProcessDeclaration, Name extends keyof UpdatesOf<P>>(
      _contract: P,
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

    /** Tells an open run a fact. Throws `run.ended` where there is none. */
    async signal<P extends ProcessDeclaration, Name extends keyof SignalsOf<P>>(
      _contract: P,
      id: string,
      signal: Name & string,
      input: SignalsOf<P>[Name],
    ): Promise<void> {
      await answered(client, () => client.workflow.getHandle(id).signal(signal, input));
    },

    /** What a process ended with; waits for the end. Throws the code it failed with. */
    async result<P extends ProcessDeclaration>(_contract: P, id: string): Promise<OutputOf<P>> {
      return answered(client, () => client.workflow.getHandle(id).result()) as Promise<OutputOf<P>>;
    },

    /** One of the administrator's actions every process takes, about a step of one run. */
    async adminAction(
      target: RunTarget,
      action: AdminAction,
      input: { step: string; reason: string; by: Actor },
    ): Promise<void> {
      await answered(client, () => runOf(client, target).executeUpdate(action, { args: [input] }));
    },

    /** Helps the person a run waits for; only for processes that declare the action. */
    async waitAction(target: RunTarget, action: WaitAction, input: WaitActionInput): Promise<void> {
      await answered(client, () =>
        runOf(client, target).executeUpdate(waitActions[action], { args: [input] }),
      );
    },

    /**
     * Sends an update of the contract's to one run and answers with its result. The same key again gets the same answer,
     * and nothing is done twice.
     */
    async updateRun(target: RunTarget, update: string, input: unknown, requestKey: string): Promise<unknown> {
      return answered(client, () =>
        runOf(client, target).executeUpdate(update, { args: [input], updateId: requestKey }),
      );
    },

    /** Sends a signal of the contract's to one run; the same key again sends nothing. */
    async signalRun({ workflowId, runId }: RunTarget, signal: string, input: unknown, requestKey: string) {
      const payloads = (await encodeToPayloads(client.options.loadedDataConverter, input)) ?? [];
      await answered(client, () =>
        client.workflowService.signalWorkflowExecution({
          namespace: client.options.namespace,
          workflowExecution: { workflowId, runId },
          signalName: signal,
          input: { payloads },
          identity: client.options.identity,
          requestId: requestKey,
        }),
      );
    },

    async cancel(target: RunTarget): Promise<void> {
      await answered(client, () => runOf(client, target).cancel());
    },

    async terminate(target: RunTarget, reason: string): Promise<void> {
      await answered(client, () => runOf(client, target).terminate(reason));
    },
  };
}
