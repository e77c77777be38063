import { errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { countText } from '../../ui/format.ts';

/** What went wrong, in words; a failure without a code of ours says nothing more. */
export const causeText = (cause: string): string =>
  isErrorCode(cause) ? errorTable[cause].text : 'It failed without saying why.';

const percent = (share: number) => `${(share * 100).toFixed(share > 0.99 && share < 1 ? 2 : 1)} %`;

export const analyticsCopy = {
  title: 'Analytics',
  purpose: 'How runs ended, how long they took and why some failed. Days are in UTC.',
  periods: { 7: '7 days', 30: '30 days', 90: '90 days' },
  period: 'Period',
  rate: (share: number | null) => (share === null ? '–' : percent(share)),
  successRate: 'Success rate',
  ended: 'Ended',
  failed: 'Failed',
  median: 'Median time',
  slow: '95 % took at most',
  retried: 'Needed another attempt',
  lateNow: 'Late now',
  noBefore: 'Nothing to compare with yet',
  same: 'As in the period before',
  points: (difference: number) =>
    `${Math.abs(difference * 100).toFixed(1)} points ${difference > 0 ? 'more' : 'less'} than before`,
  moreOrLess: (difference: number) =>
    `${countText(Math.abs(difference), 'run', 'runs')} ${difference > 0 ? 'more' : 'less'} than before`,
  chart: 'Runs that ended, by day',
  nothing: 'No run ended in this period.',
  empty: {
    title: 'No run ended in this period',
    text: 'Figures appear as soon as the first run has ended.',
  },
  byProcess: 'By process',
  byStep: 'By step',
  stepNote: 'A step takes the time since the step before it ended, so waiting for people counts.',
  process: 'Process',
  step: 'Step',
  times: 'Times',
  late: 'Late',
  lateHelp: (limit: string) => `later than ${limit}`,
  causes: 'Why runs failed',
  noFailure: 'No run failed in this period.',
  cause: 'Cause',
  at: 'At',
  lastSeen: 'Last seen',
  runs: 'Runs',
  byTenant: 'Tenants with failed runs',
  tenant: 'Tenant',
  byVersion: 'By version of the code',
  version: 'Version',
  unknownVersion: 'Not known',
  firstSeen: 'First seen',
} as const;
