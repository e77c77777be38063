import * as choices from '../../../db/repos/onboarding/choices.ts';
import type { TenantHeadContribution } from '../../kit/contributions.ts';
import { readOnboarding } from './read.ts';
import { onboardingShape } from './shape.ts';

const shape = { onboarding: onboardingShape.nullable() };

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
      // A step that needs attention is told with all other runs of the tenant.
      attention: [],
      explained: 0,
      legalName: stored.profile?.legalName ?? null,
      closesAt: onboarding?.next?.closesAt ?? null,
      json: { onboarding },
    };
  },
};
