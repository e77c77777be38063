import { CancellationScope } from '@temporalio/workflow';

export interface Saga {
  /** Register the undo before doing the thing: a thing half done is undone too. */
  addCompensation(run: () => Promise<void>): void;
  /** Undoes everything, newest first; continues when the workflow is being cancelled. */
  compensate(): Promise<void>;
}

/** Remembers how to undo what was done. Each undo must be safe to run for a thing that never happened. */
export function saga(): Saga {
  const stack: (() => Promise<void>)[] = [];
  return {
    addCompensation: (run) => void stack.push(run),
    compensate: () =>
      CancellationScope.nonCancellable(async () => {
        for (let run = stack.pop(); run; run = stack.pop()) await run();
      }),
  };
}
