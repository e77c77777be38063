import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { holdWhileFrozen } from './hold.ts';
import type { Queue } from './queues.ts';

/** Retried for an hour while a database or provider is away; what cannot succeed fails at once, by its code. */
const defaultRetry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
} as const;

/** A try whose worker was killed is given to another one after this silence; every try sends heartbeats. */
const heartbeatTimeout = '10 seconds';

/** How activities are called, by the kind of their work. */
const profiles = {
  /** One transaction. */
  db: { startToCloseTimeout: '10 seconds', scheduleToCloseTimeout: '1 hour', retry: defaultRetry },
  /** One call to another system. */
  call: {
    startToCloseTimeout: '60 seconds',
    heartbeatTimeout,
    scheduleToCloseTimeout: '6 hours',
    retry: { ...defaultRetry, maximumInterval: '2 minutes' },
  },
  /**
   * One call of a tool through the gateway, which knows how long the tool may take; the vendor's own hint says when
   * the next try may come.
   */
  tool: {
    taskQueue: 'tools' satisfies Queue,
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout,
    scheduleToCloseTimeout: '30 minutes',
    retry: { ...defaultRetry, maximumInterval: '2 minutes' },
  },
  /** A call whose outcome may stay unknown: never made a second time. */
  once: {
    taskQueue: 'tools' satisfies Queue,
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout,
    retry: { maximumAttempts: 1 },
  },
  /** One mail. */
  mail: {
    taskQueue: 'mail' satisfies Queue,
    startToCloseTimeout: '60 seconds',
    heartbeatTimeout,
    scheduleToCloseTimeout: '6 hours',
    retry: { ...defaultRetry, maximumInterval: '2 minutes' },
  },
  /** A call that a person waits for: a few tries, then an answer. */
  interactive: {
    startToCloseTimeout: '30 seconds',
    heartbeatTimeout,
    scheduleToCloseTimeout: '2 minutes',
    retry: { ...defaultRetry, maximumAttempts: 3, maximumInterval: '5 seconds' },
  },
  /**
   * One of many things that a run works through: tried again while a worker or another system is away, and given up
   * after minutes, so that it does not hold up the run. Given up, its outcome is unknown.
   */
  item: {
    startToCloseTimeout: '30 seconds',
    heartbeatTimeout,
    scheduleToCloseTimeout: '5 minutes',
    retry: { ...defaultRetry, maximumInterval: '15 seconds' },
  },
  /** Work of minutes, such as fetching a package; given up after an hour. */
  slow: {
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout,
    scheduleToCloseTimeout: '1 hour',
    retry: { ...defaultRetry, maximumInterval: '1 minute' },
  },
  /** Undoing must end well however long it takes. */
  undo: {
    startToCloseTimeout: '60 seconds',
    heartbeatTimeout,
    retry: { ...defaultRetry, maximumInterval: '5 minutes' },
  },
} as const satisfies Record<string, ActivityOptions>;

// What a person or other work waits for fails while frozen; the rest waits for the thaw.
export const db = proxyActivities<Activities>(profiles.db);
export const call = holdWhileFrozen(profiles.call);
export const tool = holdWhileFrozen(profiles.tool, { skippable: true });
export const once = holdWhileFrozen(profiles.once);
export const mail = holdWhileFrozen(profiles.mail);
export const interactive = proxyActivities<Activities>(profiles.interactive);
export const item = proxyActivities<Activities>(profiles.item);
export const slow = proxyActivities<Activities>(profiles.slow);
export const undo = holdWhileFrozen(profiles.undo);
