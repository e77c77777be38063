import type { TenantLine } from '../../../db/repos/tenants/overview.ts';
import { endStates } from '../../../db/domain/progress.ts';
import type { TenantRow } from '../../../templates/admin/tenants/tenants.tsx';

/** Monthly recurring revenue; null for a tenant without a subscription. */
export const mrrOf = ({ mrrMinor, currency }: TenantLine) =>
  currency ? { amountMinor: mrrMinor, currency } : null;

/** One line of the overview as the list shows it. */
export function toRow(line: TenantLine): TenantRow {
  const { onboarding, status } = line;
  const isOpen = onboarding !== null && !endStates.includes(onboarding.state);
  return {
    id: line.id,
    name: line.name,
    planTitle: line.planTitle,
    status,
    onboardingStep: isOpen ? ((onboarding.step ?? null) as TenantRow['onboardingStep']) : null,
    standingSince: isOpen ? onboarding.since : null,
    mrr: mrrOf(line),
    openProblems: line.problems,
    users: line.users,
    lastActivityAt: (line.lastActivityAt ?? line.createdAt).toISOString(),
  };
}
