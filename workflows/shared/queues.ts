/** Task queues by kind of work; a worker process serves all of them unless configured otherwise. */
export const queues = ['core'] as const;
export type Queue = (typeof queues)[number];
