import { Context } from '@temporalio/activity';
import { approvalActivities } from './approvals/approvals.ts';
import { approvalRequestActivities } from './approvals/requests.ts';
import { billingActivities } from './billing/subscriptions.ts';
import { creditingActivities } from './billing/crediting.ts';
import { subscriptionsBulkActivities } from './billing/bulk.ts';
import { subscriptionChangeActivities } from './billing/changes.ts';
import { dunningActionActivities } from './billing/dunning/actions.ts';
import { dunningActivities } from './billing/dunning/steps.ts';
import { renewalActivities } from './billing/renewals.ts';
import { connectionTestActivities } from './integrations/connection-tests.ts';
import { connectionActivities } from './integrations/connections.ts';
import { webhookDeliveryActivities } from './integrations/webhook-deliveries.ts';
import type { Deps } from './deps.ts';
import { replayActivities } from './runs/replay.ts';
import { toFailure } from './shared/errors.ts';
import { sealActivities } from './audit/seal.ts';
import { purgeActivities } from './audit/purge.ts';
import { confirmationActivities } from './identity/confirmations.ts';
import { identityNoticeActivities } from './identity/notices.ts';
import { invitationActivities } from './people/invitations.ts';
import { disablingActivities } from './integrations/disabling.ts';
import { apiKeyActivities } from './identity/api-keys.ts';
import { sessionActivities } from './identity/sessions.ts';
import { memberActivities } from './people/members.ts';
import { peopleBulkActivities } from './people/bulk.ts';
import { bulkOperationActivities } from './runs/bulk-operations.ts';
import { bulkRunActivities } from './runs/bulk-runs.ts';
import { tenantsBulkActivities } from './tenants/bulk.ts';
import { lostConnectionActivities } from './integrations/lost-connections.ts';
import { mailActivities } from './settings/mail.ts';
import { onboardingActivities } from './onboarding/steps.ts';
import { registrationActivities } from './integrations/registration.ts';
import { probeActivities } from './integrations/probes.ts';
import { deprecationActivities } from './integrations/deprecation.ts';
import { freezeActivities } from './tenants/freezes.ts';
import { tenantActivities } from './tenants/accounts.ts';
import { viewActivities } from './identity/views.ts';
import { templateActivities } from './runs/templates.ts';
import { toolCallActivities } from './integrations/tool-calls.ts';

function assemble(deps: Deps) {
  return {
    ...approvalActivities(deps),
    ...approvalRequestActivities(deps),
    ...billingActivities(deps),
    ...creditingActivities(deps),
    ...renewalActivities(deps),
    ...subscriptionChangeActivities(deps),
    ...subscriptionsBulkActivities(deps),
    ...dunningActivities(deps),
    ...dunningActionActivities(deps),
    ...connectionActivities(deps),
    ...connectionTestActivities(deps),
    ...webhookDeliveryActivities(deps),
    ...freezeActivities(deps),
    ...bulkOperationActivities(deps),
    ...bulkRunActivities(deps),
    ...peopleBulkActivities(deps),
    ...tenantsBulkActivities(deps),
    ...purgeActivities(deps),
    ...sealActivities(deps),
    ...identityNoticeActivities(deps),
    ...confirmationActivities(deps),
    ...invitationActivities(deps),
    ...memberActivities(deps),
    ...sessionActivities(deps),
    ...apiKeyActivities(deps),
    ...lostConnectionActivities(deps),
    ...mailActivities(deps),
    ...onboardingActivities(deps),
    ...registrationActivities(deps),
    ...replayActivities(deps),
    ...probeActivities(deps),
    ...deprecationActivities(deps),
    ...disablingActivities(deps),
    ...templateActivities(deps),
    ...tenantActivities(deps),
    ...toolCallActivities(deps),
    ...viewActivities(deps),
  };
}

/** Every activity a workflow can call, by name. */
export type Activities = ReturnType<typeof assemble>;

/** Milliseconds between heartbeats: their absence shows that a worker was killed. */
const heartbeatMs = 3_000;

/** The activities, each with one log line per attempt, a heartbeat, and errors translated at the boundary. */
export function createActivities(deps: Deps): Activities {
  const activities = assemble(deps) as unknown as Record<string, (input: never) => Promise<unknown>>;
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (input: never) => {
      const startedMs = Date.now();
      const context = Context.current();
      const { attempt, workflowExecution } = context.info;
      const line = { activity: name, attempt, workflowId: workflowExecution?.workflowId };
      const heartbeat = setInterval(() => context.heartbeat(), heartbeatMs);
      try {
        const result = await run(input);
        deps.log.info({ ...line, ms: Date.now() - startedMs }, 'activity done');
        return result ?? null;
      } catch (error) {
        deps.log.warn({ ...line, ms: Date.now() - startedMs, err: error }, 'activity failed');
        throw toFailure(error);
      } finally {
        clearInterval(heartbeat);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
