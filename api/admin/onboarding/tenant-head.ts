import * as choices from '../../../db/repos/onboarding/choices.ts';
import { panelCopy } from '../../../templates/admin/onboarding/copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import type { TenantHeadContribution } from '../../kit/contributions.ts';
import { type Onboarding, readOnboarding } from './read.ts';
import { onboardingShape } from './shape.ts';

const shape = { onboarding: onboardingShape.nullable() };

function attentionOf(tenantId: string, onboarding: Onboarding | null): NeedsItem[] {
  const step = onboarding?.steps.find(({ state }) => state === 'needsAttention');
  if (!onboarding?.why || !step) return [];
  return [
    {
      sentence: onboarding.why.text,
      since: step.since,
      href: withQuery(paths.tenant(tenantId), { tab: 'onboarding' }),
      button: panelCopy.help,
      tone: 'attention',
    },
  ];
}

/** How far the tenant's onboarding is and what it waits for, and the legal name its owner entered. */
export const onboardingHead: TenantHeadContribution<typeof shape> = {
  shape,
  async read(context, line) {
    const [onboarding, stored] = await Promise.all([
      readOnboarding(context, line),
      context.deps.db.inScope(context.overview(), (tx) => choices.list(tx, line.id)),
    ]);
    return {
      sentence: line.status === 'onboarding' ? (onboarding?.why?.text ?? null) : null,
      attention: attentionOf(line.id, onboarding),
      legalName: stored.profile?.legalName ?? null,
      closesAt: onboarding?.next?.closesAt ?? null,
      json: { onboarding },
    };
  },
};
