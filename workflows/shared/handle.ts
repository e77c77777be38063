import { defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import type { ProcessDeclaration, SignalsOf, UpdatesOf } from '../define.ts';

type Handlers<P extends ProcessDeclaration> = {
  [Name in keyof UpdatesOf<P>]: {
    run(input: UpdatesOf<P>[Name]['input']): Promise<UpdatesOf<P>[Name]['output']>;
    /** Refuses before anything is recorded; synchronous, since Temporal does not await it. */
    validate?(input: UpdatesOf<P>[Name]['input']): void;
    summary: string;
  };
};

/** Registers the handlers of a contract's updates; names and payloads are the contract's, checked by the compiler. */
export function handle<P extends ProcessDeclaration>(handlers: Handlers<P>): void {
  for (const [name, handler] of Object.entries(handlers) as [string, Handlers<P>[keyof UpdatesOf<P>]][]) {
    setHandler(defineUpdate<unknown, [never]>(name), (input) => handler.run(input), {
      description: handler.summary,
      ...(handler.validate && { validator: handler.validate.bind(handler) as (input: never) => void }),
    });
  }
}

type Listeners<P extends ProcessDeclaration> = {
  [Name in keyof SignalsOf<P>]: { run(input: SignalsOf<P>[Name]): void; summary: string };
};

/** Registers what a process does with its signals; what takes time belongs into the workflow itself. */
export function onSignals<P extends ProcessDeclaration>(listeners: Listeners<P>): void {
  for (const [name, listener] of Object.entries(listeners) as [string, Listeners<P>[keyof SignalsOf<P>]][]) {
    setHandler(defineSignal<[never]>(name), (input) => listener.run(input), {
      description: listener.summary,
    });
  }
}
