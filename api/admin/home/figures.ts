import type { Tx } from '../../../db/scope.ts';
import { counts } from '../../../db/repos/tenants/overview.ts';
import { countNewlyStuck, trends } from '../../../db/repos/tenants/trends.ts';
import type { Figure } from '../../../templates/admin/home/home.tsx';
import { countText } from '../../../templates/ui/format.ts';
import { priceText } from '../../../templates/ui/money.tsx';
import type { Trend } from '../../../templates/ui/stat.tsx';

const dayMs = 86_400_000;
/** A figure is compared with itself this many days before. */
export const trendDays = 30;

type Words = (amount: number) => string;

/** "3 more than 30 days ago"; `upIsGood` where more is neither good nor bad is left out. */
export function trendOf(values: readonly number[], words: Words, upIsGood?: boolean): Trend {
  const [before] = values;
  const now = values.at(-1);
  if (before === undefined || now === undefined || values.length <= trendDays)
    return { direction: 'unknown', text: 'No earlier data yet' };
  if (now === before) return { direction: 'flat', text: `The same as ${trendDays} days ago` };
  const isUp = now > before;
  return {
    direction: isUp ? 'up' : 'down',
    text: `${words(Math.abs(now - before))} ${isUp ? 'more' : 'less'} than ${trendDays} days ago`,
    ...(upIsGood !== undefined && { good: isUp === upIsGood }),
  };
}

/** What needs help now is all that is known; its counts of earlier days are kept nowhere. */
function attentionTrend(newly: number): Trend {
  if (newly === 0) return { direction: 'flat', text: 'None since yesterday' };
  return { direction: 'up', text: `${newly} since yesterday`, good: false };
}

/** The four figures of the home page and where each is going. */
export async function readFigures(tx: Tx, language: string, nowMs: number): Promise<Figure[]> {
  const { mrrMinor, currency, live, onboarding, needAttention } = await counts(tx);
  const before = await trends(tx, { live, onboarding, mrrMinor }, trendDays, nowMs);
  const newly = await countNewlyStuck(tx, new Date(nowMs - dayMs));
  const tenants = (amount: number) =>
    countText(amount, 'tenant', 'tenants', { language, timezone: 'UTC', nowMs });
  return [
    {
      label: 'Monthly recurring revenue',
      value: { amountMinor: mrrMinor, currency },
      trend: trendOf(before.mrrMinor, (amountMinor) => priceText({ amountMinor, currency }, language), true),
      values: before.mrrMinor,
    },
    {
      label: 'Live tenants',
      value: live,
      trend: trendOf(before.live, tenants, true),
      values: before.live,
      href: '/admin/tenants?status=live',
    },
    {
      label: 'Setting up now',
      value: onboarding,
      trend: trendOf(before.onboarding, tenants),
      values: before.onboarding,
      href: '/admin/onboarding',
    },
    {
      label: 'Runs that need attention',
      value: needAttention,
      trend: attentionTrend(newly),
      href: '/admin/workflows?state=needsAttention',
    },
  ];
}
