import type { Trend } from '../../../templates/ui/stat.tsx';

/** A figure is compared with itself this many days before. */
export const trendDays = 30;

type Words = (amount: number) => string;

/** "3 more than 30 days ago"; leave `upIsGood` out where more is neither good nor bad. */
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
