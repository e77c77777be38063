import type { Platform } from '../support/api.ts';
import { measureAuditCheck } from './audit.ts';
import { measureEvents } from './events.ts';
import { measureFairness } from './fairness.ts';
import { measureFirstPaint } from './first-paint.ts';
import { measureGateway } from './gateway.ts';
import { measureLatency } from './latency.ts';
import { measureLists } from './lists.ts';
import { measureProcesses } from './processes.ts';
import { measureReads } from './reads.ts';
import { measureStart } from './start.ts';
import type { Size } from './size.ts';
import type { Figure } from './table.ts';

export const onPlatform: Record<string, (platform: Platform, size: Size) => Promise<Figure[]>> = {
  processes: measureProcesses,
  latency: measureLatency,
  reads: measureReads,
  lists: measureLists,
  fairness: measureFairness,
  'first-paint': measureFirstPaint,
};
/** These start what they measure; a platform beside it must not share the machine with them. */
export const alone: Record<string, (size: Size) => Promise<Figure[]>> = {
  gateway: measureGateway,
  events: measureEvents,
  audit: measureAuditCheck,
  start: measureStart,
};
