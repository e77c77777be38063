import { countText } from '../../ui/format.ts';

/** Every sentence of the page of workers. */
export const workersCopy = {
  title: 'Workers',
  purpose: 'Which workers take the tasks of each queue, and how many tasks wait.',
  away: 'The workflow engine isn’t responding, so its workers aren’t known right now. Try again in a moment.',
  none: (queue: string) => `No worker polls “${queue}”.`,
  noneHelp:
    'Its tasks wait and nothing is lost. Start a worker that serves this queue; work continues automatically.',
  caption: (queue: string) => `Workers of the queue “${queue}”`,
  worker: 'Worker',
  build: 'Version',
  noBuild: 'Not reported',
  takes: 'Takes',
  kinds: { workflow: 'workflows', activity: 'activities' },
  lastPoll: 'Last seen',
  pollers: 'Workers',
  backlog: 'Waiting tasks',
  age: 'Oldest waits for',
  rate: 'Tasks per minute, added and taken',
  versions: 'Versions',
  noTask: 'None waits',
  rates: (added: number, taken: number) => `${Math.round(added * 60)} and ${Math.round(taken * 60)}`,
  version: (build: string, workers: number) => `${build} (${countText(workers, 'worker', 'workers')})`,
} as const;
