import { onboardingProcess } from '../../../db/domain/onboarding/steps.ts';
import { headCopy } from '../../../templates/admin/runs/why-copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { TenantHeadContribution } from '../../kit/contributions.ts';
import { linkOf } from '../shared/why.ts';
import { type Found, whyTenant } from './why.ts';

/** What people have to do about; an ordinary wait for a customer isn't. */
const needsPerson = ({ why }: Found) => why.tone === 'attention' || why.tone === 'failed';

/** The button of an item: what can be done, or the runs of the tenant. */
function buttonOf(
  context: RequestContext,
  tenantId: string,
  { why, process }: Found,
): Pick<NeedsItem, 'href' | 'button'> {
  if (process === onboardingProcess)
    return { href: withQuery(paths.tenant(tenantId), { tab: 'onboarding' }), button: headCopy.help };
  const link = linkOf(context, why, { tenantId, shownOn: paths.tenant(tenantId) });
  return link
    ? { href: link.href, button: link.title }
    : { href: withQuery(paths.workflows, { tenant: tenantId }), button: headCopy.runs };
}

/** What holds up a tenant, at the head of its page. */
export const runsHead: TenantHeadContribution<Record<never, never>> = {
  shape: {},
  async read(context, { id }) {
    const found = context.can('runs.read') ? (await whyTenant(context, id)).filter(needsPerson) : [];
    return {
      sentence: null,
      attention: found.map((one) => ({
        sentence: one.why.text,
        ...(one.since && { since: one.since }),
        ...buttonOf(context, id, one),
        tone: 'attention',
      })),
      explained: found.filter(({ isProblem }) => isProblem).length,
      legalName: null,
      closesAt: null,
      json: {},
    };
  },
};
