import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import type { Processes } from '../../api/kit/processes/client.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import { workflowId } from '../../workflows/define.ts';
import {
  onboardTenantContract,
  type Submission,
} from '../../workflows/onboarding/onboard-tenant.contract.ts';
import type { World } from './world.ts';

let counter = 0;

/** A business that signs up by the process itself, and what a test may want to do with it. */
export async function signUp(
  world: World,
  processes: Processes,
  change: { businessName?: string; timezone?: string } = {},
) {
  const n = (counter += 1);
  const tenantId = await idFromKey('tenant', `test ${process.pid} ${n} ${Math.random()}`);
  const userId = await idFromKey('user', tenantId);
  const by = { type: 'user' as const, id: userId };
  const email = `owner${n}.${process.pid}@example.com`;
  const input = {
    tenantId,
    userId,
    businessName: change.businessName ?? `Test business ${process.pid} ${n}`,
    ownerName: 'Olga Owner',
    email,
    passwordHash: '$argon2id$not-used-in-this-test',
    timezone: change.timezone ?? 'Europe/Madrid',
    language: 'en' as const,
    partnerId: null,
  };
  const id = workflowId(tenantId, onboardTenantContract.name, 'sign-up');
  const account = await processes.startWithUpdate(onboardTenantContract, input, by, 'accountReady', null);
  return {
    ...account,
    id,
    email,
    by,
    input,
    submit: (submission: Submission) =>
      processes.update(onboardTenantContract, id, 'submitStep', { submission, by }),
    progress: async () => {
      const found = await processes.findProgress(id);
      if (!found) throw new Error('no progress');
      return found.progress;
    },
    payWith: async (number: string) =>
      tokenizeSandboxCard(world.sandboxUrl)({ number, expMonth: 12, expYear: 2034, cvc: '123' }),
  };
}
export type SignedUp = Awaited<ReturnType<typeof signUp>>;

export const profileChoice: Submission = {
  step: 'profile',
  choice: {
    legalName: 'Test Ltd',
    industry: 'Retail',
    teamSize: '2–10',
    country: 'ES',
    timezone: 'Europe/Madrid',
    language: 'en',
  },
};

export async function planChoice(
  business: Pick<SignedUp, 'payWith'>,
  change: { number?: string; start?: 'trial' | 'now'; planKey?: string } = {},
): Promise<Submission> {
  const paymentMethod = await business.payWith(change.number ?? '4242424242424242');
  return {
    step: 'plan',
    choice: {
      planKey: change.planKey ?? 'growth',
      interval: 'month',
      start: change.start ?? 'now',
      paymentMethod,
    },
  };
}

/** Every step after the plan, with the fewest values. */
export const quickChoices: Submission[] = [
  { step: 'tools', choice: { tools: ['stripe', 'ga4'] } },
  { step: 'website', choice: { mode: 'later' } },
  { step: 'analytics', choice: {} },
  { step: 'agents', choice: { agents: ['bookkeeper'] } },
  { step: 'review', choice: { acceptTerms: true } },
];
