/** Task queues by kind of work; a worker process serves all of them unless it is told otherwise. */
export const queues = ['core'] as const;
export type Queue = (typeof queues)[number];
