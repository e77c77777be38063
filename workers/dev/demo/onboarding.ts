import type { AppError } from '../../../db/domain/errors.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { type SubmittableStep, submittableSteps } from '../../../db/domain/onboarding/steps.ts';
import { workflowId } from '../../../workflows/define.ts';
import {
  onboardTenantContract,
  type Submission,
} from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { untilThere } from './api-client.ts';
import { type DemoBusiness, otherBusinesses } from './businesses.ts';
import type { Demo, DemoPart } from './demo.ts';
import { inTurns } from './in-turns.ts';

const goodCard = '4242424242424242';
const declinedCard = '4000000000000002';
/** Accepted when it is entered, refused when it is charged later. */
const laterDeclinedCard = '4000000000000341';

const cardOf = (trouble: DemoBusiness['trouble']): string =>
  trouble === 'declined' ? declinedCard : trouble === 'overdue' ? laterDeclinedCard : goodCard;

async function choiceOf(demo: Demo, business: DemoBusiness, step: SubmittableStep): Promise<Submission> {
  const { name, industry, country, timezone, plan = 'starter', start = 'trial', trouble } = business;
  const host = business.email.split('@')[1] ?? '';
  switch (step) {
    case 'profile': {
      const choice = {
        legalName: `${name} Ltd`,
        industry,
        teamSize: '2–10',
        country,
        timezone,
        language: 'en',
      } as const;
      return { step, choice };
    }
    case 'plan': {
      const paymentMethod = await demo.tokenizeCard(cardOf(trouble));
      return { step, choice: { planKey: plan, interval: 'month', start, paymentMethod } };
    }
    case 'tools':
      return { step, choice: { tools: ['stripe', 'trello', 'mailchimp', 'ga4'] } };
    case 'website':
      return { step, choice: { mode: 'existing', url: `https://${host}` } };
    case 'analytics':
      return { step, choice: { ga4MeasurementId: 'G-HB12345678' } };
    case 'agents':
      return { step, choice: { agents: ['analyst'] } };
    case 'review':
      return { step, choice: { acceptTerms: true } };
  }
}

async function startOnboarding(demo: Demo, business: DemoBusiness, tenantId: string, userId: string) {
  const { name, owner, email, timezone, partner } = business;
  const input = {
    tenantId,
    userId,
    businessName: name,
    ownerName: owner,
    email,
    passwordHash: demo.passwordHash,
    timezone,
    language: 'en' as const,
    partnerId: partner ? await idFromKey('partner', partner) : null,
  };
  const by = { type: 'user' as const, id: userId };
  await demo.processes.startWithUpdate(onboardTenantContract, input, by, 'accountReady', null);
}

/** Signs a business up and takes it as far as it is to come, from wherever an earlier run has left it. */
export async function bringAlong(demo: Demo, business: DemoBusiness): Promise<void> {
  const tenantId = await demo.tenantIdOf(business.name);
  const userId = await idFromKey('user', tenantId);
  const id = workflowId(tenantId, onboardTenantContract.name, 'sign-up');
  let found = await demo.processes.findProgress(id);
  if (!found) {
    await startOnboarding(demo, business, tenantId, userId);
    found = await demo.processes.findProgress(id);
  }
  if (!found?.open) return;
  if (!business.unconfirmed) await confirmAddress(demo, business.email);
  const isDone = (step: string) => found.progress.steps.find(({ key }) => key === step)?.state === 'done';
  const last = business.until === 'live' ? submittableSteps.length : submittableSteps.indexOf(business.until);
  const wanted = submittableSteps.slice(0, business.trouble === 'declined' ? last + 1 : last);
  for (const step of wanted.filter((candidate) => !isDone(candidate))) {
    const submission = await choiceOf(demo, business, step);
    const by = { type: 'user' as const, id: userId };
    try {
      await demo.processes.update(onboardTenantContract, id, 'submitStep', { submission, by });
    } catch (error) {
      if (business.trouble !== 'declined' || (error as AppError).code !== 'payment.declined') throw error;
    }
  }
  if (business.trouble === 'closed') await closeAccount(demo, found.runId);
}

/** Confirms with the link of the newest confirmation mail, as the owner would. */
async function confirmAddress(demo: Demo, email: string): Promise<void> {
  const links = await demo.linksMailedTo(email);
  const link = links.find(({ pathname }) => pathname === '/verify-email');
  if (!link) throw new Error(`no confirmation mail has reached ${email}`);
  const response = await fetch(new URL('/api/public/email-verifications', demo.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.searchParams.get('token') }),
  });
  if (!response.ok) throw new Error(`${email} could not be confirmed: ${response.status}`);
}

async function closeAccount(demo: Demo, runId: string): Promise<void> {
  const admin = await demo.as('admin');
  const reason = 'The owner asked us to close the unfinished account';
  await untilThere(() => admin.call('POST', `/api/admin/runs/${runId}/cancel`, { reason }), 'run.not-found');
}

export const onboardingDemo: DemoPart = {
  title: 'businesses',
  plant: (demo, progress) => inTurns(otherBusinesses, 3, (business) => bringAlong(demo, business), progress),
};
