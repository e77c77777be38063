import type { Tx } from '../../../db/scope.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import { trends } from '../../../db/repos/tenants/trends.ts';
import { oncePerRequest } from '../../kit/once.ts';

/** As far back as any part of the home page looks. */
export const longestDays = 90;

/** Figures of today and of each day before; figures and charts of the home page share one read. */
export const readTrends = oncePerRequest(
  async (_context, tx: Tx) => {
    const nowMs = Date.now();
    const today = await overview.counts(tx);
    const { live, mrrMinor, onboarding } = today;
    return { nowMs, today, before: await trends(tx, { live, onboarding, mrrMinor }, longestDays - 1, nowMs) };
  },
  () => 'trends',
);
