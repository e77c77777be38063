import { setTimeout as sleep } from 'node:timers/promises';
import { type SubmittableStep, submittableSteps } from '../../db/domain/onboarding/steps.ts';
import { type Answer, type Caller, callerOf } from '../support/api.ts';
import { confirmationToken, type Mailbox } from '../support/confirm.ts';

/** Everything a customer tells us that must not be found where it does not belong. */
export interface Person {
  businessName: string;
  ownerName: string;
  email: string;
  password: string;
  legalName: string;
}

const card = { number: '4242 4242 4242 4242', expMonth: 12, expYear: 2034, cvc: '123' };

function bodyOf(step: SubmittableStep, { legalName }: Person): unknown {
  switch (step) {
    case 'profile': {
      const place = { country: 'ES', timezone: 'Europe/Madrid', language: 'en' };
      return { legalName, industry: 'Retail', teamSize: '2–10', ...place };
    }
    case 'plan':
      return { planKey: 'growth', interval: 'month', start: 'now', card };
    case 'tools':
      return { tools: ['stripe', 'ga4'] };
    case 'website':
      return { mode: 'later' };
    case 'analytics':
      return {};
    case 'agents':
      return { agents: ['bookkeeper'] };
    case 'review':
      return { acceptTerms: true };
  }
}

/** What a customer does, in order: the sign-up with its confirmation, and then the steps of the wizard. */
export const acts = ['sign-up', ...submittableSteps] as const;
export type Act = (typeof acts)[number];

/** A customer with a patient browser: what is not answered is asked again, as often as it takes. */
export interface Customer {
  person: Person;
  /** Known after the sign-up. */
  tenantId: () => string;
  do: (act: Act) => Promise<void>;
  status: () => Promise<string>;
}

/** How long anything may take to come back: three kills in a row on a busy machine; alone it is seconds. */
export const patienceMs = 240_000;
const passing = new Set([502, 503, 504]);

export function newCustomer(url: string, mails: Mailbox, person: Person, requestKey: string): Customer {
  const caller: Caller = callerOf(url);
  let tenantId = '';

  async function setup(): Promise<Answer> {
    return insist(() => caller.call('GET', '/api/client/onboarding'));
  }

  /** Asks until there is an answer; one that says "not now" is none. */
  async function insist(ask: () => Promise<Answer>, isDone?: () => Promise<boolean>): Promise<Answer> {
    const until = Date.now() + patienceMs;
    for (let tries = 1; ; tries += 1) {
      const answer = await ask().catch((error: unknown) => String(error));
      if (typeof answer !== 'string' && !passing.has(answer.status)) {
        // A repeated request may find that the first one, whose answer was lost, was the last there could be.
        if (answer.status < 400 || (tries > 1 && isDone && (await isDone()))) return answer;
        throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
      }
      if (Date.now() > until) throw new Error(`no answer in time: ${JSON.stringify(answer)}`);
      await sleep(150);
    }
  }

  async function signUp(): Promise<void> {
    const { legalName: _legalName, ...account } = person;
    const body = { ...account, timezone: 'Europe/Madrid', language: 'en' };
    const headers = { 'idempotency-key': requestKey };
    await insist(() => caller.call('POST', '/api/public/sign-up', body, headers));
    const token = await confirmationToken(mails, person.email, patienceMs);
    await insist(() => caller.call('POST', '/api/public/email-verifications', { token }));
    const session = await insist(() => caller.call('GET', '/api/session'));
    ({ tenantId } = session.body as { tenantId: string });
  }

  async function submit(step: SubmittableStep): Promise<void> {
    const isDone = async () => {
      const { body } = await setup();
      return (body.steps as { key: string; state: string }[]).some(
        ({ key, state }) => key === step && state === 'done',
      );
    };
    const path = `/api/client/onboarding/steps/${step}`;
    await insist(() => caller.call('POST', path, bodyOf(step, person)), isDone);
  }

  return {
    person,
    tenantId: () => tenantId,
    do: (act) => (act === 'sign-up' ? signUp() : submit(act)),
    status: async () => (await setup()).body.status as string,
  };
}
