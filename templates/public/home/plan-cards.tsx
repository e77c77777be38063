import type { VNode } from 'preact';
import { type Plan, priceOf } from '../../../db/domain/billing/plans.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { priceText } from '../../ui/money.tsx';
import { publicHomeCopy } from './copy.ts';

const copy = publicHomeCopy.plans;

/** The plans side by side. `offered` is how many integrations there are: a plan never promises more than exist. */
export function PlanCards(props: { plans: readonly Plan[]; offered: number; language: string }): VNode {
  return (
    <ul class="bz-plans">
      {props.plans.map((plan) => (
        <li class="bz-panel">
          <h3>{plan.title}</h3>
          <p class="bz-muted">{plan.summary}</p>
          <p class="bz-plan-price">
            <strong>{priceText(priceOf(plan, 'month'), props.language)}</strong> {copy.aMonth}
            <span class="bz-muted">{copy.aYear(priceText(priceOf(plan, 'year'), props.language))}</span>
          </p>
          <ul>
            <li>{plan.maxTools >= props.offered ? copy.all(props.offered) : copy.upTo(plan.maxTools)}</li>
            {plan.trialDays > 0 ? <li>{copy.trial(plan.trialDays)}</li> : null}
          </ul>
          <LinkButton href={paths.signUp}>{copy.choose(plan.title)}</LinkButton>
        </li>
      ))}
    </ul>
  );
}
