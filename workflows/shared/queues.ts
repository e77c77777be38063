/**
 * Task queues by kind of work: a flood of one kind doesn't hold up the others. Workflows run on `core`, with their short
 * activities; the others carry activities only. A worker process serves all of them unless `WORKER_QUEUES` chooses.
 */
export const queues = ['core', 'tools', 'mail'] as const;
export type Queue = (typeof queues)[number];
