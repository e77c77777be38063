import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import { createProcesses } from '../../api/kit/processes.ts';
import { hashPassword } from '../../db/auth/passwords.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import {
  onboardTenantContract,
  type Submission,
} from '../../workflows/onboarding/onboard-tenant.contract.ts';
import { workflowId } from '../../workflows/define.ts';
import { loadConfig } from '../runtime/config.ts';
import { connectClient } from '../runtime/temporal.ts';

/**
 * Three businesses to look at, signed up by the real process: one live, two on the way, one of them a partner's.
 * Safe to repeat: the ids come from the names.
 */
const config = loadConfig();
const client = await connectClient(config);
const processes = createProcesses(client);
if (!config.paymentSandboxUrl) throw new Error('the demo data pays with the payment sandbox');
const tokenizeCard = tokenizeSandboxCard(config.paymentSandboxUrl);

const card = { number: '4242424242424242', expMonth: 12, expYear: new Date().getFullYear() + 3, cvc: '123' };
const profile = (legalName: string, country: string, timezone: string): Submission => ({
  step: 'profile',
  choice: { legalName, industry: 'Retail', teamSize: '2–10', country, timezone, language: 'en' },
});

async function choicesOfLiveShop(): Promise<Submission[]> {
  return [
    profile('Harbour Books Ltd', 'IE', 'Europe/Dublin'),
    {
      step: 'plan',
      choice: { planKey: 'growth', interval: 'month', start: 'now', paymentMethod: await tokenizeCard(card) },
    },
    { step: 'tools', choice: { tools: ['stripe', 'mailchimp', 'ga4'] } },
    { step: 'website', choice: { mode: 'existing', url: 'https://harbourbooks.example' } },
    { step: 'analytics', choice: { ga4MeasurementId: 'G-HB12345678' } },
    { step: 'agents', choice: { agents: ['bookkeeper', 'analyst'] } },
    { step: 'review', choice: { acceptTerms: true } },
  ];
}

interface Business {
  name: string;
  owner: string;
  email: string;
  password: string;
  timezone: string;
  partnerId: string | null;
  submissions: Submission[];
}

async function signUp(business: Business): Promise<void> {
  const tenantId = await idFromKey('tenant', `demo:${business.name}`);
  const userId = await idFromKey('user', tenantId);
  const by = { type: 'user' as const, id: userId };
  const id = workflowId(tenantId, onboardTenantContract.name, 'sign-up');
  if (await processes.findProgress(id)) return;
  const input = {
    tenantId,
    userId,
    businessName: business.name,
    ownerName: business.owner,
    email: business.email,
    passwordHash: await hashPassword(business.password),
    timezone: business.timezone,
    language: 'en' as const,
    partnerId: business.partnerId,
  };
  await processes.startWithUpdate(onboardTenantContract, input, by, 'accountReady', null);
  for (const submission of business.submissions) {
    await processes.update(onboardTenantContract, id, 'submitStep', { submission, by });
  }
}

const signIns = JSON.parse(await readFile(join(config.dataDir, 'sign-ins.json'), 'utf8')) as {
  role: string;
  email: string;
  password: string;
}[];
const owner = signIns.find(({ role }) => role === 'client');
if (!owner) throw new Error('the seed has not run');

await signUp({
  ...owner,
  name: 'Harbour Books',
  owner: 'Casey Client',
  timezone: 'Europe/Dublin',
  partnerId: null,
  submissions: await choicesOfLiveShop(),
});
await signUp({
  name: 'Rivera Bakery',
  owner: 'Rosa Rivera',
  email: 'rosa@rivera-bakery.example',
  password: owner.password,
  timezone: 'Europe/Madrid',
  partnerId: await idFromKey('partner', 'demo'),
  submissions: [profile('Panadería Rivera SL', 'ES', 'Europe/Madrid')],
});
await signUp({
  name: 'Summit Cycles',
  owner: 'Sam Summit',
  email: 'sam@summit-cycles.example',
  password: owner.password,
  timezone: 'America/Denver',
  partnerId: null,
  submissions: [],
});
await client.connection.close();
