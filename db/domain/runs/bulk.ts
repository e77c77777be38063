import { z } from 'zod';
import { runStates } from '../progress.ts';
import type { BulkDeclaration } from './bulk-operation.ts';
import { noParameters } from './bulk-parameters.ts';

/** The process of every bulk operation: its runs are controlled on the operation's own page. */
export const bulkProcess = 'run-bulk-operation';

/** What can be done to many runs. */
export const runsBulk = {
  'runs.cancel': {
    subject: 'runs',
    permission: 'runs.control',
    parameters: noParameters,
    pacePerMinute: 300,
    isDestructive: true,
  },
  'runs.retry-step': {
    subject: 'runs',
    permission: 'runs.control',
    parameters: noParameters,
    pacePerMinute: 120,
  },
} as const satisfies Record<string, BulkDeclaration>;
export type RunsBulkKey = keyof typeof runsBulk;

/** Filters of the list of runs that can choose what an operation is about, as in its address. */
export const runFilter = z.strictObject({
  q: z.string().trim().max(200).optional(),
  process: z.string().max(60).optional(),
  state: z.enum(runStates).optional(),
  tenant: z.string().max(60).optional(),
  step: z.string().max(60).optional(),
  cause: z.string().max(60).optional(),
  version: z.string().max(60).optional(),
  endedFrom: z.iso.date().optional(),
  endedTo: z.iso.date().optional(),
});
export type RunBulkFilter = z.output<typeof runFilter>;
