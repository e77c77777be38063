import { intervals, priceOf } from '../../../db/domain/billing/plans.ts';
import type { Interval, Plan } from '../../../db/domain/billing/plans.ts';
import { priceText } from '../../ui/money.tsx';

export type PaymentStart = 'trial' | 'now';

/** The price in words: "€49 a month after 14 days; you pay nothing today." */
export function priceSentence(plan: Plan, interval: Interval, start: PaymentStart, language: string): string {
  const price = priceText(priceOf(plan, interval), language);
  if (start === 'trial' && plan.trialDays > 0) {
    return `${price} a ${interval} after ${plan.trialDays} days; you pay nothing today.`;
  }
  return `${price} today, then ${price} every ${interval} until you cancel.`;
}

/** The same once the plan is active, so that it never reads like a second charge. */
export function runningSentence(plan: Plan, interval: Interval, trialing: boolean, language: string): string {
  const price = priceText(priceOf(plan, interval), language);
  if (trialing) return `Your trial is running: ${price} a ${interval} after its ${plan.trialDays} days.`;
  return `Your first ${interval} is paid. After that, ${price} every ${interval} until you cancel.`;
}

/** Every sentence the form can need, by "plan.interval.start"; the script shows the one chosen. */
export function allPriceSentences(
  plans: readonly Plan[],
  language: string,
  running: { planKey: string; interval: Interval; trialing: boolean } | null,
): Record<string, string> {
  const sentences: Record<string, string> = {};
  for (const plan of plans) {
    for (const interval of intervals) {
      const isRunning = running?.planKey === plan.key && running.interval === interval;
      for (const start of ['trial', 'now'] as const) {
        sentences[`${plan.key}.${interval}.${start}`] = isRunning
          ? runningSentence(plan, interval, running.trialing, language)
          : priceSentence(plan, interval, start, language);
      }
    }
  }
  return sentences;
}
