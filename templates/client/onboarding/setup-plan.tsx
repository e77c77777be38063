import type { VNode } from 'preact';
import { cardTitle } from '../../../db/domain/billing/cards.ts';
import { priceOf } from '../../../db/domain/billing/plans.ts';
import type { PaymentMethod } from '../../../db/domain/billing/cards.ts';
import type { Interval, Plan } from '../../../db/domain/billing/plans.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { textOf, valueAt } from '../../ui/form-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { countText } from '../../ui/format.ts';
import { priceText } from '../../ui/money.tsx';
import { CardFields, CardPrivacy } from '../billing/card-fields.tsx';
import { allPriceSentences } from '../billing/price-copy.ts';
import { paths } from '../../paths.ts';
import { planAgents, planTools, setupCopy } from './copy.ts';
import { planCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export interface SetupPlanPageProps extends SetupPageProps {
  plans: readonly Plan[];
  /** How many tools can be chosen. */
  offeredTools: number;
  /** The card kept from before; null when there is none. */
  cardOnFile: Pick<PaymentMethod, 'brand' | 'last4' | 'expMonth' | 'expYear'> | null;
  /** What runs already; choosing the same again charges nothing. Null before the first plan. */
  running: { planKey: string; interval: Interval; trialing: boolean } | null;
}

function CardPart(props: SetupPlanPageProps): VNode {
  const { cardOnFile, form } = props;
  const cardProblem = Object.keys(form?.errors ?? {}).some((name) => name.startsWith('card'));
  return (
    <section class="bz-part" aria-labelledby="card-title" id="card">
      <h2 id="card-title">{copy.card}</h2>
      {cardOnFile ? (
        <>
          <p class="bz-card-on-file">
            <Icon name="credit-card" />
            {copy.onFile(
              cardTitle(cardOnFile),
              `${String(cardOnFile.expMonth).padStart(2, '0')}/${cardOnFile.expYear}`,
            )}
          </p>
          <details class="bz-more" open={cardProblem}>
            <summary>{copy.another}</summary>
            <CardFields />
          </details>
        </>
      ) : (
        <CardFields />
      )}
      <CardPrivacy />
    </section>
  );
}

/** /app/setup/plan: planKey, interval, start, card.number, card.expMonth, card.expYear, card.cvc. */
export function SetupPlanPage(props: SetupPlanPageProps): VNode {
  const { plans, form, frame } = props;
  const language = frame.viewer?.language ?? 'en';
  const sentences = allPriceSentences(plans, language, props.running);
  const first = plans[0];
  const chosen = (name: string, otherwise: string) => textOf(valueAt(form?.values, name)) || otherwise;
  const current = [
    chosen('planKey', first?.key ?? ''),
    chosen('interval', 'month'),
    chosen('start', 'trial'),
  ].join('.');
  const trialDays = first?.trialDays ?? 0;
  return (
    <SetupShell
      {...props}
      step="plan"
      title={copy.title}
      purpose={
        <>
          {setupCopy.cancelPlan} <a href={paths.terms}>terms</a>.
        </>
      }
    >
      <RadioCards
        name="planKey"
        label={copy.plan}
        initial={first?.key}
        columns={3}
        options={plans.map((plan) => ({
          value: plan.key,
          title: plan.title,
          text: `${plan.summary} ${planTools(plan, props.offeredTools)}. ${setupCopy.agentsInPlan(planAgents(plan))}`,
          aside: (
            <>
              <strong>{priceText(priceOf(plan, 'month'), language)}</strong> {copy.aMonth}
              <br />
              {copy.orAYear(priceText(priceOf(plan, 'year'), language))}
            </>
          ),
        }))}
      />
      <div class="bz-two">
        <RadioCards
          name="interval"
          label="Billing"
          initial="month"
          options={[
            { value: 'month', title: copy.monthly },
            { value: 'year', title: copy.yearly },
          ]}
        />
        <RadioCards
          name="start"
          label="Start"
          initial="trial"
          options={[
            { value: 'trial', title: `With a free trial of ${countText(trialDays, 'day', 'days')}` },
            { value: 'now', title: 'Now, without a trial' },
          ]}
        />
      </div>
      <CardPart {...props} />
      <output class="bz-price" data-price={JSON.stringify(sentences)}>
        {sentences[current] ?? ''}
      </output>
    </SetupShell>
  );
}
