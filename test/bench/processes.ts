import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import type { Platform } from '../support/api.ts';
import { planChoice, profileChoice, quickChoices, signUp } from '../support/sign-up.ts';
import { bareQueue, startBareWorker } from './bare-worker.ts';
import type { Size } from './size.ts';
import { type Figure, median } from './table.ts';

const sizes = {
  full: { perRound: 20, atOnce: 10, rounds: 4 },
  small: { perRound: 1, atOnce: 1, rounds: 1 },
} as const;

async function inBatches(
  work: () => Promise<void>,
  { perRound, atOnce }: (typeof sizes)[Size],
): Promise<number> {
  const startedMs = performance.now();
  let left = perRound;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return perRound / ((performance.now() - startedMs) / 1_000);
}

/** The onboarding as the platform runs it: contract, progress, codec, error translation. */
async function ours(platform: Platform): Promise<void> {
  const business = await signUp(platform.world, platform.processes);
  for (const choice of [profileChoice, await planChoice(business), ...quickChoices])
    await business.submit(choice);
  await platform.processes.result(onboardTenantContract, business.id);
}

/** The same activities on Temporal's own client and worker. */
async function bare(platform: Platform, client: Client): Promise<void> {
  const tenantId = await idFromKey('tenant', `bare ${Math.random()}`);
  const userId = await idFromKey('user', tenantId);
  const by = { type: 'user' as const, id: userId };
  const input = {
    tenantId,
    userId,
    businessName: `Bare ${tenantId}`,
    ownerName: 'Olga Owner',
    email: `${userId}@example.com`,
    passwordHash: 'none',
    timezone: 'UTC',
    language: 'en' as const,
    partnerId: null,
  };
  const startWorkflowOperation = new WithStartWorkflowOperation('bareOnboarding', {
    workflowId: tenantId,
    taskQueue: bareQueue,
    args: [input],
    workflowIdConflictPolicy: 'FAIL',
  });
  await client.workflow.executeUpdateWithStart('accountReady', { args: [], startWorkflowOperation });
  const handle = await startWorkflowOperation.workflowHandle();
  const choices = [profileChoice, await planChoice({ payWith: payWith(platform) }), ...quickChoices];
  for (const submission of choices)
    await handle.executeUpdate('submitStep', { args: [{ tenantId, submission, by }] });
  await handle.result();
}

const payWith = (platform: Platform) => (number: string) =>
  tokenizeSandboxCard(platform.world.sandboxUrl)({ number, expMonth: 12, expYear: 2034, cvc: '123' });

/** Interleaved ABBA, so that a slow minute of the machine falls on both. */
export async function measureProcesses(platform: Platform, size: Size): Promise<Figure[]> {
  const { client, stop } = await startBareWorker(platform);
  const runs = { ours: () => ours(platform), bare: () => bare(platform, client) };
  const rates: Record<keyof typeof runs, number[]> = { ours: [], bare: [] };
  try {
    await Promise.all([runs.ours(), runs.bare()]);
    for (let round = 0; round < sizes[size].rounds; round++) {
      const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
      for (const name of order) rates[name].push(await inBatches(runs[name], sizes[size]));
    }
  } finally {
    await stop();
  }
  const [own, plain] = [median(rates.ours), median(rates.bare)];
  const ratio = own / plain;
  return [
    {
      what: `onboardings/s against bare Temporal with the same activities (${own.toFixed(2)} / ${plain.toFixed(2)})`,
      measured: ratio.toFixed(2),
      bar: '≥ 0.75',
      met: ratio >= 0.75,
    },
  ];
}
