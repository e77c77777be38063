import { newId } from '../../db/domain/ids.ts';
import { confirmEmailContract } from '../../workflows/identity/confirm-email.contract.ts';
import type { Platform } from '../support/api.ts';
import { eventually } from '../support/world.ts';
import type { Size } from './size.ts';
import { type Figure, percentile } from './table.ts';

const sizes = { full: { waiting: 2_000, samples: 20 }, small: { waiting: 20, samples: 2 } } as const;
const barMs = 200;
/** Starts under way at once. */
const atOnce = 50;
const tester = { type: 'system', id: 'bench' } as const;

/** Starts a run for a person who isn't there: a workflow task and an activity, then it parks. */
const start = ({ processes }: Platform, tenantId: string) =>
  processes.start(confirmEmailContract, { tenantId, userId: newId('user') }, tester);

/** How long a new run waits until a worker takes it, by the server's clock. */
async function startDelayMs(platform: Platform, tenantId: string): Promise<number> {
  const run = await start(platform, tenantId);
  const events = await eventually(
    async () => (await platform.processes.fetchHistory(run)).events ?? [],
    (all) =>
      all.some(({ workflowTaskStartedEventAttributes }) => Boolean(workflowTaskStartedEventAttributes)),
    120_000,
  );
  const atMs = (index: number) =>
    Number(events[index]?.eventTime?.seconds ?? 0) * 1_000 + (events[index]?.eventTime?.nanos ?? 0) / 1e6;
  const taken = events.findIndex(({ workflowTaskStartedEventAttributes }) =>
    Boolean(workflowTaskStartedEventAttributes),
  );
  return atMs(taken) - atMs(0);
}

async function delaysOf(platform: Platform, tenantId: string, samples: number): Promise<number[]> {
  const delays: number[] = [];
  for (let i = 0; i < samples; i++) delays.push(await startDelayMs(platform, tenantId));
  return delays;
}

/** What a tenant whose runs wait by the thousand costs the start of another's run. */
export async function measureFairness(platform: Platform, size: Size): Promise<Figure[]> {
  const { waiting, samples } = sizes[size];
  const [busy, other] = [await platform.business(), await platform.business()];
  const calm = await delaysOf(platform, other.tenantId, samples);
  let started = 0;
  const starter = async () => {
    while (started++ < waiting) await start(platform, busy.tenantId);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting) }, starter));
  const queue = () => platform.processes.describeQueue('core', 'workflow');
  const [{ backlog }, pressed] = await Promise.all([queue(), delaysOf(platform, other.tenantId, samples)]);
  const { backlog: left } = await queue();
  const addedMs = percentile(pressed, 0.95) - percentile(calm, 0.95);
  return [
    {
      what: `start of a run, added by ${waiting} runs of another tenant, p95 (p50 ${percentile(pressed, 0.5).toFixed(0)} ms; ${backlog} waited in the queue before, ${left} after)`,
      measured: `${addedMs.toFixed(0)} ms`,
      bar: `≤ ${barMs} ms`,
      met: addedMs <= barMs,
    },
  ];
}
