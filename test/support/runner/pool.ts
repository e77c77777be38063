import { join } from 'node:path';
import { usualPorts } from '../../../workers/dev/kit/ports.ts';
import { type Failure, type FileResult, startTestProcess, type TestProcess } from './child.ts';

/** How the files of `folder` are run: in how many processes, where their logs go, and whom to tell of each result. */
export type PoolOptions = Readonly<{
  folder: string;
  processes: number;
  directory: string;
  timeoutMs: number;
  color: boolean;
  /** Stops the run: no further file begins, and what runs is cut short. */
  signal: AbortSignal;
  onResult: (result: FileResult) => void;
  /** A process is gone without having stopped its servers. */
  onCrash: () => Promise<void>;
}>;

/**
 * Runs the files in their order, each in the first process that is free; a process that crashes is replaced for the
 * rest. Answers what went wrong outside of files: processes that could not stop.
 */
export async function runFiles(names: readonly string[], options: PoolOptions): Promise<Failure[]> {
  const queue = [...names];
  const failures: Failure[] = [];

  async function seat(index: number): Promise<void> {
    let child: TestProcess | null = null;
    const stop = () => void child?.stop();
    options.signal.addEventListener('abort', stop);
    try {
      for (let name = queue.shift(); name && !options.signal.aborted; name = queue.shift()) {
        child ??= await startTestProcess(childOptions(options, index));
        const result = await child.run(options.folder, name);
        if (options.signal.aborted) break;
        options.onResult(result);
        if (child.isAlive()) continue;
        child = null;
        await options.onCrash();
      }
      const problem = await child?.stop();
      if (problem && !options.signal.aborted) {
        failures.push({ title: `Test process ${index + 1}`, error: problem });
        await options.onCrash();
      }
    } finally {
      options.signal.removeEventListener('abort', stop);
    }
  }
  const seats = Math.min(options.processes, names.length);
  await Promise.all(Array.from({ length: seats }, (_, index) => seat(index)));
  return failures;
}

/** Each process chooses its ports from a share of its own: two would now and then choose the same one at once. */
function childOptions({ processes, directory, timeoutMs, color }: PoolOptions, index: number) {
  const share = Math.floor((usualPorts.to - usualPorts.from + 1) / processes);
  const from = usualPorts.from + index * share;
  return {
    logFile: join(directory, `process-${index + 1}.log`),
    ports: `${from}-${from + share - 1}`,
    timeoutMs,
    color,
  };
}
