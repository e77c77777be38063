import { type Caller, callerOf, testPassword } from '../support/api.ts';
import { type Mailbox, signUpAndConfirm } from '../support/confirm.ts';
import { bodies } from './wizard.ts';
import { type SubmittableStep, submittableSteps } from '../../db/domain/onboarding/steps.ts';

/** How far each business has come with its setup; enough businesses for lists to look as in daily use. */
const businesses: readonly { name: string; owner: string; until: SubmittableStep | 'live' }[] = [
  { name: 'Rivera Bakery', owner: 'Rosa Rivera', until: 'live' },
  { name: 'Nordlicht Fahrräder', owner: 'Jens Petersen', until: 'live' },
  { name: 'Okafor & Daughters Physiotherapy', owner: 'Adaeze Okafor', until: 'live' },
  { name: 'Fjord Legal', owner: 'Ingrid Solberg', until: 'live' },
  { name: 'Saffron Street Kitchen', owner: 'Priya Raman', until: 'review' },
  { name: 'Cloudberry Software', owner: 'Mikko Lahtinen', until: 'agents' },
  { name: 'Atelier Dubois', owner: 'Camille Dubois', until: 'website' },
  { name: 'Greenfield Tree Surgeons', owner: 'Tom Ashworth', until: 'tools' },
  { name: 'Harbour View Dental', owner: 'Mei-Ling Chen', until: 'plan' },
  { name: 'Wholesale Supplies and Catering Equipment of Northern England', owner: 'Bartholomew Featherstone', until: 'plan' },
  { name: 'Casa Azul Hostel', owner: 'Diego Fuentes', until: 'profile' },
  { name: 'Piotr Nowak Carpentry', owner: 'Piotr Nowak', until: 'profile' },
]; // prettier-ignore

export interface Planted {
  /** The owner of a business that is live, with team and invoice. */
  live: Caller;
  /** The owner of a business in the middle of the setup: all steps up to the review are open to it. */
  settingUp: Caller;
  invoiceId: string;
  /** Of the live business, where tools were planted: one call is done, one waits for an approval. */
  calls: { done: string; waiting: string } | null;
}

async function expectStatus(
  answer: Promise<{ status: number; text: string }>,
  ...statuses: number[]
): Promise<void> {
  const { status, text } = await answer;
  if (!statuses.includes(status)) throw new Error(`${status} ${text.slice(0, 300)}`);
}

/** Signs in where an earlier run signed up already, or signs up. */
async function comeIn(
  url: string,
  mails: Mailbox,
  { name, owner }: (typeof businesses)[number],
): Promise<Caller> {
  const caller = callerOf(url);
  const host = name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .slice(0, 24);
  const email = `${owner.split(' ')[0]?.toLowerCase() ?? ''}@${host}.example`;
  const account = {
    businessName: name,
    ownerName: owner,
    email,
    password: testPassword,
    timezone: 'Europe/Madrid',
    language: 'en',
  };
  const { status } = await caller.call('POST', '/api/public/sign-in', { email, password: testPassword });
  if (status !== 200) await signUpAndConfirm(caller, mails, account);
  return caller;
}

/** Does the steps that are left. */
async function comeTo(caller: Caller, { name, until }: (typeof businesses)[number]): Promise<void> {
  const { body } = await caller.call('GET', '/api/client/onboarding');
  const open = submittableSteps.findIndex((step) => step === body.currentStep);
  const wanted = submittableSteps.findIndex((step) => step === until);
  const left = open === -1 ? [] : submittableSteps.slice(open, wanted === -1 ? undefined : wanted);
  for (const step of left) {
    const choice =
      step === 'profile' ? { ...(bodies.profile as object), legalName: `${name} Ltd` } : bodies[step];
    await expectStatus(caller.call('POST', `/api/client/onboarding/steps/${step}`, choice), 200);
  }
}

async function invite(owner: Caller): Promise<void> {
  for (const [name, email, role] of [
    ['Lucía Rivera', 'lucia@rivera-bakery.example', 'admin'],
    ['Mateo Ortega', 'mateo@rivera-bakery.example', 'member'],
  ]) {
    await expectStatus(owner.call('POST', '/api/client/team/invitations', { name, email, role }), 201, 409);
  }
}

/** Creates one business in each part of the setup, at the platform behind `url`; safe to repeat. */
export async function plant(url: string, mails: Mailbox): Promise<Planted> {
  const callers = new Map<string, Caller>();
  // In their order, which lists show; the steps wait for a process each, so businesses do them side by side.
  for (const business of businesses) callers.set(business.name, await comeIn(url, mails, business));
  await Promise.all(businesses.map((business) => comeTo(callers.get(business.name) as Caller, business)));
  const [live, settingUp] = [callers.get('Rivera Bakery'), callers.get('Saffron Street Kitchen')];
  if (!live || !settingUp) throw new Error('not planted');
  await invite(live);
  const { body } = await live.call('GET', '/api/client/invoices');
  return { live, settingUp, invoiceId: body.items[0].id, calls: null };
}
