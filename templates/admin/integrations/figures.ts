import { durationText } from '../../ui/format.ts';

/** "2.4 %", "–" without measurements. */
export function shareText(share: number | null): string {
  if (share === null) return '–';
  const percent = share * 100;
  return `${Number.isInteger(percent) ? percent : percent.toFixed(percent > 99 ? 2 : 1)} %`;
}

/** "120 ms", "–" without measurements. */
export const msText = (ms: number | null): string => (ms === null ? '–' : durationText(ms));
