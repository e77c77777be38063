import { z } from 'zod';
import { card } from '../../../db/domain/billing/cards.ts';
import { intervals } from '../../../db/domain/billing/plans.ts';
import { pendingChange, subscriptionTerms } from '../../../db/domain/billing/subscriptions.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import { fieldsOf } from '../../../db/domain/validation.ts';
import { CancelPlanPage } from '../../../templates/client/billing/cancel-plan.tsx';
import { ChangeCardPage } from '../../../templates/client/billing/change-card.tsx';
import { ChangePlanPage } from '../../../templates/client/billing/change-plan.tsx';
import { cancelCopy, cardCopy, changeCopy } from '../../../templates/client/billing/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import { catchExpected } from '../../kit/catch-expected.ts';
import type { RequestContext } from '../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf, keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { changeSubscription, paidUntil, previewChange, readOptions, readRunning } from './subscription.ts';

const access = { access: 'billing.manage', whileViewing: 'never' } as const;
const money = z.object({ amountMinor: z.number().int(), currency: z.string() });
const preview = z.object({
  when: z.enum(['now', 'periodEnd']),
  lines: z
    .array(
      z.object({ description: z.string(), amount: money, periodStart: z.string(), periodEnd: z.string() }),
    )
    .readonly(),
  dueNow: money,
  next: z.object({ at: z.string(), amount: money }),
});
const state = z.object({
  planKey: z.string(),
  interval: z.enum(intervals),
  seats: z.number().int(),
  status: z.string(),
  price: money,
  trialEndsAt: z.string().nullable(),
  periodEnd: z.string(),
  /** The terms that apply from the end of the period; null: it stays as it is. */
  pending: pendingChange.pick({ planKey: true, interval: true, seats: true }).nullable(),
  /** The end it is cancelled for; null while it renews. */
  endsAt: z.string().nullable(),
});
const answer = z.object({ subscription: state.nullable() });

async function readState(context: RequestContext): Promise<z.input<typeof answer>> {
  const scope = context.tenant();
  const found = await context.deps.db.inScope({ ...scope, readOnly: true }, (tx) =>
    subscriptions.findSubscription(tx, scope.tenantId),
  );
  if (!found) return { subscription: null };
  const { planKey, interval, seats, status, amountMinor, currency, trialEndsAt, periodEnd, endsAt } = found;
  const { pending } = found;
  return {
    subscription: {
      ...{ planKey, interval, seats, status, price: { amountMinor, currency } },
      trialEndsAt: trialEndsAt?.toISOString() ?? null,
      periodEnd: periodEnd.toISOString(),
      pending: pending && { planKey: pending.planKey, interval: pending.interval, seats: pending.seats },
      endsAt: endsAt?.toISOString() ?? null,
    },
  };
}

/** Under which key a request is made: a form brings its own, a program its header. */
const keyOf = (context: RequestContext, body: object): string =>
  'requestKey' in body && typeof body.requestKey === 'string' ? body.requestKey : idempotencyKeyOf(context);

const withKey = { requestKey: idempotencyKey.optional() };
const confirmed = subscriptionTerms.extend({ expectedDueMinor: z.coerce.number().int().min(0) });

/** What an address chooses; the running terms where it chooses nothing yet. */
const choice = z.object({
  planKey: z.string().max(60).optional(),
  interval: z.string().max(10).optional(),
  seats: z.string().max(12).optional(),
});

async function planPage(context: RequestContext, values: Record<string, unknown>, form?: FormState) {
  const { subscription } = await readRunning(context);
  const current = {
    planKey: subscription.planKey,
    interval: subscription.interval,
    seats: subscription.seats,
  };
  const isChosen = values['planKey'] !== undefined;
  const asked = subscriptionTerms.safeParse({
    ...{ planKey: values['planKey'] ?? current.planKey, interval: values['interval'] ?? current.interval },
    seats: values['seats'] ?? current.seats,
  });
  const shown =
    isChosen && asked.success ? await catchExpected(() => previewChange(context, asked.data)) : null;
  const refused = shown && 'problem' in shown ? { values, errors: {}, problem: shown.problem } : null;
  const choiceState = asked.success ? refused : { values, errors: fieldsOf(asked.error), problem: '' };
  return ChangePlanPage({
    ...{ frame: pageContextOf(context), plans: await readOptions(context, subscription), current },
    chosen: asked.success ? asked.data : current,
    preview: shown && 'value' in shown ? shown.value : null,
    requestKey: keptKey(form?.values ?? {}),
    ...(choiceState && { choice: choiceState }),
    ...(form && { form }),
  });
}

async function cancelPage(context: RequestContext, form?: FormState) {
  const { subscription, planTitle } = await readRunning(context);
  return CancelPlanPage({
    ...{ frame: pageContextOf(context), planTitle, until: paidUntil(subscription).toISOString() },
    requestKey: keptKey(form?.values ?? {}),
    ...(form && { form }),
  });
}

async function cardPage(context: RequestContext, form?: FormState) {
  const { subscription } = await readRunning(context);
  return ChangeCardPage({
    frame: pageContextOf(context),
    card: subscription.paymentMethod,
    ...(form && { form }),
  });
}

const slow = { text: changeCopy.slow, to: () => paths.billing };
const errors = ['subscription.not-found', 'process.timeout'];

/** What a client sees and does of the own subscription. */
export const subscriptionRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/client/subscription',
    access: 'billing.read',
    summary: 'The running subscription; null before a plan is chosen',
    response: answer,
    handle: readState,
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/subscription/preview',
    ...access,
    summary:
      'What a change of plan, interval or seats costs now and next, and when it applies; changes nothing',
    body: subscriptionTerms,
    response: preview,
    errors: ['subscription.not-found', 'plan.not-found', 'subscription.ending', 'subscription.overdue'],
    async handle(context, { body }) {
      const { same: _same, ...shown } = await previewChange(context, body);
      return shown;
    },
  }),
  definePage({
    path: paths.changePlan,
    ...access,
    query: choice,
    show: (context, { query }) => planPage(context, query),
  }),
  ...defineAction({
    paths: { api: '/api/client/subscription/change', form: paths.changePlan },
    ...access,
    summary: 'Change plan, interval or seats; refused where another amount is due than `expectedDueMinor`',
    body: confirmed,
    formBody: confirmed.extend(withKey),
    response: answer.extend({ when: z.enum(['now', 'periodEnd']), invoiceId: z.string().nullable() }),
    errors: [
      ...errors,
      ...['plan.not-found', 'subscription.price-changed', 'subscription.ending', 'subscription.overdue'],
      'payment.declined',
    ],
    run(context, { body }) {
      const { planKey, interval, seats, expectedDueMinor } = body;
      const change = { kind: 'terms', planKey, interval, seats, expectedDueMinor } as const;
      return changeSubscription(context, change, keyOf(context, body));
    },
    answer: async (context, { when, invoiceId }) => ({ ...(await readState(context)), when, invoiceId }),
    done: ({ when }) => (when === 'now' ? changeCopy.changed : changeCopy.scheduled),
    slow,
    then: () => paths.billing,
    rerender: (context, { form }) => planPage(context, form.values ?? {}, form),
  }),
  definePage({ path: paths.cancelPlan, ...access, show: (context) => cancelPage(context) }),
  ...defineAction({
    paths: { api: '/api/client/subscription/cancel', form: paths.cancelPlan },
    ...access,
    summary: 'Cancel the subscription now, without a refund, or at the end of the period',
    body: z.strictObject({ when: z.enum(['now', 'periodEnd'], 'Choose when it ends.') }),
    formBody: z.strictObject({ when: z.enum(['now', 'periodEnd'], 'Choose when it ends.'), ...withKey }),
    response: answer,
    errors,
    run: (context, { body }) =>
      changeSubscription(context, { kind: 'cancel', when: body.when }, keyOf(context, body)),
    answer: readState,
    done: ({ when }) => (when === 'now' ? cancelCopy.ended : cancelCopy.endsThen),
    slow,
    then: () => paths.billing,
    rerender: (context, { form }) => cancelPage(context, form),
  }),
  ...defineAction({
    paths: { api: '/api/client/subscription/resume', form: paths.keepPlan },
    ...access,
    summary: 'Take back a cancellation or a change that waits for the end of the period',
    body: z.strictObject(withKey),
    response: answer,
    errors,
    run: (context, { body }) => changeSubscription(context, { kind: 'resume' }, keyOf(context, body)),
    answer: readState,
    done: () => changeCopy.kept,
    slow,
    then: () => paths.billing,
    refusedTo: () => paths.billing,
  }),
  definePage({ path: paths.changeCard, ...access, show: (context) => cardPage(context) }),
  ...defineAction({
    paths: { api: '/api/client/subscription/card', form: paths.changeCard },
    ...access,
    summary: 'Replace the card; it is checked now and charged from the next payment on',
    body: z.strictObject({ card }),
    secret: true,
    response: answer,
    errors: [...errors, 'payment.declined', 'payment.gateway-unavailable'],
    async run(context, { body }) {
      // The card goes to the gateway from here; what travels on is its token.
      const paymentMethod = await context.deps.tokenizeCard(body.card);
      return changeSubscription(context, { kind: 'card', paymentMethod }, idempotencyKeyOf(context));
    },
    answer: readState,
    done: () => cardCopy.saved,
    slow,
    then: () => paths.billing,
    rerender: (context, { form }) => cardPage(context, form),
  }),
];
