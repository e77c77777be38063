import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import type { Platform } from '../support/api.ts';
import { testTemporal } from '../support/platform.ts';
import { planChoice, profileChoice, quickChoices, signUp } from '../support/sign-up.ts';
import { eventually } from '../support/world.ts';
import { type Figure, median } from './table.ts';

const perRound = 20;
const atOnce = 10;
const rounds = 4;

async function inBatches(work: () => Promise<void>): Promise<number> {
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
  await eventually(business.progress, ({ state }) => state === 'done', 60_000);
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
    taskQueue: 'bare',
    args: [input],
    workflowIdConflictPolicy: 'FAIL',
  });
  await client.workflow.executeUpdateWithStart('accountReady', { args: [], startWorkflowOperation });
  const handle = await startWorkflowOperation.workflowHandle();
  const card = { payWith: (number: string) => platform.world.deps && payWith(platform, number) };
  const choices = [profileChoice, await planChoice(card as never), ...quickChoices];
  for (const submission of choices)
    await handle.executeUpdate('submitStep', { args: [{ tenantId, submission, by }] });
  await handle.result();
}

async function payWith(platform: Platform, number: string) {
  const { tokenizeSandboxCard } = await import('../../activities/adapters/sandbox-cards.ts');
  return tokenizeSandboxCard(platform.world.sandboxUrl)({ number, expMonth: 12, expYear: 2034, cvc: '123' });
}

/** Interleaved ABBA, so that a slow minute of the machine falls on both. */
export async function measureProcesses(platform: Platform): Promise<Figure[]> {
  const { address, namespace } = await testTemporal();
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue: 'bare',
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./bare.workflow.ts', import.meta.url)),
    }),
    activities: createActivities(platform.world.deps),
  });
  const running = worker.run();
  const client = new Client({ connection, namespace });
  const runs = { ours: () => ours(platform), bare: () => bare(platform, client) };
  await Promise.all([runs.ours(), runs.bare()]);
  const rates: Record<keyof typeof runs, number[]> = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const name of order) rates[name].push(await inBatches(runs[name]));
  }
  worker.shutdown();
  await running;
  await native.close();
  await connection.close();
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
