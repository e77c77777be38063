import { intervals, priceOf } from '../../db/domain/billing.ts';
import type { Interval, Plan } from '../../db/domain/billing.ts';
import { priceText } from '../ui/money.tsx';

export type PaymentStart = 'trial' | 'now';

/** The price in words: "€49 a month after 14 days; you pay nothing today." */
export function priceSentence(plan: Plan, interval: Interval, start: PaymentStart, language: string): string {
  const price = priceText(priceOf(plan, interval), language);
  if (start === 'trial' && plan.trialDays > 0) {
    return `${price} a ${interval} after ${plan.trialDays} days; you pay nothing today.`;
  }
  return `${price} today, then ${price} every ${interval} until you cancel.`;
}

/** The same once the plan is running, so that nobody fears to pay twice. */
export function runningSentence(plan: Plan, interval: Interval, trialing: boolean, language: string): string {
  const price = priceText(priceOf(plan, interval), language);
  if (trialing) return `Your trial is running: ${price} a ${interval} after its ${plan.trialDays} days.`;
  return `Your first ${interval} is paid; then ${price} every ${interval} until you cancel.`;
}

/** Every sentence the form can need, by "plan.interval.start"; app.js shows the chosen one. */
export function allPriceSentences(plans: readonly Plan[], language: string): Record<string, string> {
  const sentences: Record<string, string> = {};
  for (const plan of plans) {
    for (const interval of intervals) {
      for (const start of ['trial', 'now'] as const) {
        sentences[`${plan.key}.${interval}.${start}`] = priceSentence(plan, interval, start, language);
      }
    }
  }
  return sentences;
}
