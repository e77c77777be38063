import type { Client } from '@temporalio/client';
import { control } from './control.ts';
import { health } from './health.ts';
import { messages } from './messages.ts';
import { reading } from './read.ts';
import { scheduling } from './schedules.ts';
import { starting } from './start.ts';

/** How the API reaches processes. Only this folder knows Temporal's client. */
export type Processes = ReturnType<typeof createProcesses>;

export function createProcesses(client: Client) {
  return {
    ...starting(client),
    ...messages(client),
    ...reading(client),
    ...health(client),
    ...control(client),
    schedules: scheduling(client),
  };
}
