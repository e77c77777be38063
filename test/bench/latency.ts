import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { newId } from '../../db/domain/ids.ts';
import { workflowId } from '../../workflows/define.ts';
import type { Caller, Platform } from '../support/api.ts';
import { eventually } from '../support/world.ts';
import { bareQueue, startBareWorker } from './bare-worker.ts';
import type { Size } from './size.ts';
import { type Figure, median } from './table.ts';

type Owner = Caller & { tenantId: string; userId: string };

const sizes = { full: { samples: 60, warmUp: 5 }, small: { samples: 2, warmUp: 1 } } as const;
let counter = 0;

const newcomer = () => ({
  email: `bench${(counter += 1)}@bench.example`,
  name: 'Ines Invited',
  role: 'member' as const,
});

/** When a worker began the first activity of a run, by the server's clock, which is this machine's. */
async function firstActivityMs(
  fetchHistory: () => Promise<temporal.api.history.v1.IHistory>,
): Promise<number> {
  const started = await eventually(
    async () => {
      const { events } = await fetchHistory();
      return (events ?? []).find((event) => event.activityTaskStartedEventAttributes);
    },
    (event) => event !== undefined,
  );
  return Number(started?.eventTime?.seconds ?? 0) * 1_000 + (started?.eventTime?.nanos ?? 0) / 1e6;
}

const nowMs = () => performance.timeOrigin + performance.now();

/** A request to the API, with its session, rights and validation, that starts a process. */
async function ours({ processes }: Platform, owner: Owner): Promise<number> {
  const sentMs = nowMs();
  const answer = await owner.call('POST', '/api/client/team/invitations', newcomer());
  if (answer.status !== 201) throw new Error(`invitation: ${answer.text}`);
  const { invitationId } = answer.body as { invitationId: string };
  const run = { workflowId: workflowId(owner.tenantId, 'send-invite', invitationId), runId: '' };
  return (await firstActivityMs(() => processes.fetchHistory(run))) - sentMs;
}

/** The same first activity and update, by Temporal's client alone. */
async function bare(client: Client, { tenantId, userId }: Owner): Promise<number> {
  const invitationId = newId('invitation');
  const input = { ...newcomer(), invitationId, tenantId, invitedBy: userId };
  const sentMs = nowMs();
  await client.workflow.executeUpdateWithStart('invitationReady', {
    args: [],
    startWorkflowOperation: new WithStartWorkflowOperation('bareInvite', {
      workflowId: invitationId,
      taskQueue: bareQueue,
      args: [input],
      workflowIdConflictPolicy: 'FAIL',
    }),
  });
  const run = client.workflow.getHandle(invitationId);
  return (await firstActivityMs(() => run.fetchHistory())) - sentMs;
}

/** What the API adds between a request and the first activity of the process it starts; one by one, taking turns. */
export async function measureLatency(platform: Platform, size: Size): Promise<Figure[]> {
  const { samples, warmUp } = sizes[size];
  const owner = await platform.business();
  const { client, stop } = await startBareWorker(platform);
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  try {
    for (let i = -warmUp; i < samples; i++) {
      const one = { ours: await ours(platform, owner), bare: await bare(client, owner) };
      if (i >= 0) for (const name of ['ours', 'bare'] as const) times[name].push(one[name]);
    }
  } finally {
    await stop();
  }
  const [own, plain] = [median(times.ours), median(times.bare)];
  const added = own - plain;
  return [
    {
      what: `request to first activity, added to bare update-with-start, p50 (${own.toFixed(1)} − ${plain.toFixed(1)} ms)`,
      measured: `${added.toFixed(1)} ms`,
      bar: '≤ 8 ms',
      met: added <= 8,
    },
  ];
}
