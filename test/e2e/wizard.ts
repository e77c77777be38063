import type { Page } from 'playwright-core';
import { type SubmittableStep, submittableSteps } from '../../db/domain/onboarding/steps.ts';
import { type Caller, testPassword } from '../support/api.ts';
import { confirmationToken, type Mailbox } from '../support/confirm.ts';

export interface Account {
  businessName: string;
  ownerName: string;
  email: string;
}

let counter = 0;

export function newAccount(businessName: string): Account {
  const n = (counter += 1);
  const email = `rosa${n}.${process.pid}@bakery.example`;
  return { businessName: `${businessName} ${process.pid}-${n}`, ownerName: 'Rosa Rivera', email };
}

export async function fillSignUp(page: Page, account: Account): Promise<void> {
  await page.getByLabel('Business name').fill(account.businessName);
  await page.getByLabel('Your name').fill(account.ownerName);
  await page.getByLabel('Email', { exact: true }).fill(account.email);
  await page.getByLabel('Password').fill(testPassword);
}

/** Opens the link of the email in the same browser, and confirms. */
export async function confirmInBrowser(page: Page, mails: Mailbox, { email }: Account): Promise<void> {
  await page.goto(`/verify-email?token=${await confirmationToken(mails, email)}`);
  await page.getByRole('button', { name: 'Confirm email address' }).click();
  await page.waitForURL('**/app/setup/profile');
}

export async function signUpInBrowser(page: Page, mails: Mailbox, account: Account): Promise<void> {
  await page.goto('/sign-up');
  await fillSignUp(page, account);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Check your email').first().waitFor();
  await confirmInBrowser(page, mails, account);
}

export const goodCard = '4242 4242 4242 4242';
export const declinedCard = '4000 0000 0000 0002';

export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Month', { exact: true }).fill('12');
  await page.getByLabel('Year', { exact: true }).fill('2034');
  await page.getByLabel('Security code').fill('123');
}

/** Fills in a step of the wizard in the browser, without sending it. */
export const fillStep: Record<SubmittableStep, (page: Page) => Promise<unknown>> = {
  async profile(page) {
    await page.getByLabel('Legal name').fill('Panadería Rivera SL');
    await page.getByLabel('Industry').selectOption('Food and drink');
    await page.getByLabel('Team size').selectOption('2–10');
    await page.getByLabel('Country').selectOption('ES');
    await page.getByLabel('Timezone').selectOption('Europe/Madrid');
  },
  async plan(page) {
    await page.getByRole('radio', { name: /^Growth/ }).check();
    await page.getByRole('radio', { name: /^Now/ }).check();
    await fillCard(page, goodCard);
  },
  async tools(page) {
    await page.getByRole('checkbox', { name: 'Stripe' }).check();
    await page.getByRole('checkbox', { name: 'Google Analytics' }).check();
  },
  async website(page) {
    await page.getByRole('radio', { name: /^I have one/ }).check();
    await page.getByRole('textbox', { name: 'Address' }).fill('https://rivera.example');
  },
  analytics: (page) => page.getByLabel('Google Analytics measurement id').fill('G-AB12CD34EF'),
  agents: (page) => page.getByRole('checkbox', { name: /^Bookkeeper/ }).check(),
  review: (page) => page.getByRole('checkbox', { name: /I accept the terms/ }).check(),
};

export async function submit(page: Page, name: string | RegExp = /Save and continue|Go live/): Promise<void> {
  await page.getByRole('button', { name }).click();
}

/** Fills in and sends one step; the next one, or going live, is what follows. */
export async function doStep(page: Page, step: SubmittableStep): Promise<void> {
  await fillStep[step](page);
  await submit(page);
  const next = submittableSteps[submittableSteps.indexOf(step) + 1] ?? 'live';
  await page.waitForURL(`**/app/setup/${next}`);
}

const card = { number: goodCard, expMonth: 12, expYear: 2034, cvc: '123' };
const place = { country: 'ES', timezone: 'Europe/Madrid', language: 'en' };

/** The same choices for the API, for what is only the way to what is tested. */
export const bodies: Record<SubmittableStep, unknown> = {
  profile: { legalName: 'Panadería Rivera SL', industry: 'Food and drink', teamSize: '2–10', ...place },
  plan: { planKey: 'growth', interval: 'month', start: 'now', card },
  tools: { tools: ['stripe', 'ga4'] },
  website: { mode: 'later' },
  analytics: {},
  agents: { agents: ['bookkeeper'] },
  review: { acceptTerms: true },
};

/** Does the steps before `step` through the API. */
export async function bringTo(caller: Caller, step: SubmittableStep | 'live'): Promise<void> {
  for (const before of submittableSteps) {
    if (before === step) return;
    const answer = await caller.call('POST', `/api/client/onboarding/steps/${before}`, bodies[before]);
    if (answer.status !== 200) throw new Error(`${before}: ${answer.status} ${answer.text}`);
  }
}
