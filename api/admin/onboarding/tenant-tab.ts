import * as overview from '../../../db/repos/tenants/overview.ts';
import { helpDone } from '../../../templates/admin/onboarding/copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import {
  type TenantOnboarding,
  TenantOnboardingPanel,
} from '../../../templates/admin/onboarding/tenant-onboarding.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { OpenTenant, RefusedTabForm, RerenderTab, TenantTab } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { readComing, shownStep } from '../shared/coming.ts';
import { tenantParams } from '../shared/query.ts';
import { act, actionBodies, onboardingActions } from './actions.ts';
import { actionsFor, canExtend, type Onboarding, onboardingStepRows, readOnboarding } from './read.ts';
import { onboardingShape } from './shape.ts';

type Refused = NonNullable<TenantOnboarding['refused']>;

const noOnboarding: TenantOnboarding = { steps: [], runId: null, closesAt: null, mayExtend: false };

function toRefused({ action, form }: RefusedTabForm): Refused {
  const step = form.values?.['step'];
  return { kind: action, ...(action !== 'extend' && { step }), state: form } as Refused;
}

async function readPanel(
  context: RequestContext,
  { line }: OpenTenant,
  refused?: RefusedTabForm,
): Promise<TenantOnboarding> {
  const onboarding = await readOnboarding(context, line);
  if (!onboarding) return noOnboarding;
  const coming = await readComing(context, line.id);
  const { next, why } = onboarding;
  const maySupport = context.can('tenants.support');
  return {
    runId: onboarding.runId,
    closesAt: next?.closesAt ?? null,
    mayExtend: maySupport && canExtend(onboarding),
    mayRemind: maySupport && onboarding.open && why?.action === 'remind',
    ...(refused && { refused: toRefused(refused) }),
    steps: onboardingStepRows(onboarding.steps).map((step) => {
      const isHeldUp = ['waiting', 'needsAttention', 'failed', 'running'].includes(step.state);
      const sentence = isHeldUp ? (step.error?.message ?? why?.text) : undefined;
      return {
        step: step.key,
        ...shownStep(step, coming),
        since: step.since,
        attempts: step.attempts,
        ...(sentence && { sentence }),
        actions: maySupport ? actionsFor(onboarding, step) : [],
      };
    }),
  };
}

async function readAfter(context: RequestContext, tenantId: string): Promise<Onboarding | null> {
  const line = await context.deps.db.inScope(context.overview(), (tx) => overview.find(tx, tenantId));
  return line && readOnboarding(context, line);
}

const tabPath = (tenantId: string) => withQuery(paths.tenant(tenantId), { tab: 'onboarding' });
const actions = (rerender: RerenderTab): AnyRoute[] =>
  onboardingActions.flatMap((action) =>
    defineAction({
      paths: {
        api: `/api/admin/tenants/:tenantId/onboarding/${action}`,
        form: `/admin/tenants/:tenantId/onboarding/${action}`,
      },
      access: 'tenants.support',
      summary: `Help with the onboarding: ${action}`,
      params: tenantParams,
      body: actionBodies[action],
      response: onboardingShape.nullable(),
      errors: ['tenant.not-found', 'run.ended', 'step.not-open', 'step.not-skippable'],
      run: (context, { params, body }) => act(context, params.tenantId, action, body),
      answer: (context, _done, params) => readAfter(context, params.tenantId),
      done: () => helpDone[action],
      then: (_done, { params }) => tabPath(params.tenantId),
      // A reminder has no dialog to open again.
      refusedTo: action === 'remind' ? ({ tenantId }) => tabPath(tenantId) : undefined,
      rerender:
        action === 'remind'
          ? undefined
          : (context, { params, form }) => rerender(context, params.tenantId, { action, form }),
    }),
  );

/** The onboarding of a tenant on its page, and how an administrator helps with it. */
export const onboardingTab: TenantTab = {
  key: 'onboarding',
  title: 'Onboarding',
  permission: 'tenants.read',
  order: 10,
  async show(context, tenant, { refused }) {
    const { id, name } = tenant.line;
    const onboarding = await readPanel(context, tenant, refused);
    return TenantOnboardingPanel({ frame: pageContextOf(context), tenant: { id, name }, onboarding });
  },
  routes: actions,
};
