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

/** What a business signs up with, by the process itself. */
export async function plannedSignUp(
  change: { businessName?: string; timezone?: string; email?: string } = {},
) {
  const n = (counter += 1);
  const tenantId = await idFromKey('tenant', `test ${process.pid} ${n} ${Math.random()}`);
  return {
    tenantId,
    userId: await idFromKey('user', tenantId),
    businessName: `Test business ${process.pid} ${n}`,
    ownerName: 'Olga Owner',
    email: `owner${n}.${process.pid}@example.com`,
    passwordHash: '$argon2id$not-used-in-this-test',
    timezone: 'Europe/Madrid',
    language: 'en' as const,
    partnerId: null,
    ...change,
  };
}

/** A business that signs up by the process itself, its address confirmed, and what a test may want to do with it. */
export async function signUp(
  world: World,
  processes: Processes,
  change: { businessName?: string; timezone?: string } = {},
) {
  const input = await plannedSignUp(change);
  const { tenantId, userId, email } = input;
  const by = { type: 'user' as const, id: userId };
  const id = workflowId(tenantId, onboardTenantContract.name, 'sign-up');
  const account = await processes.startWithUpdate(onboardTenantContract, input, by, 'accountReady', null);
  await world.database.owner('update users set email_verified_at = now() where id = $1', [userId]);
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
