import { Context } from '@temporalio/activity';
import type { Actor } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import { permissionsOf } from '../../db/domain/permissions.ts';
import type { ItemResult } from '../../db/domain/progress.ts';
import { whyLeftOut } from '../../db/domain/tenants/help.ts';
import { recordOnce } from '../../db/repos/audit/events.ts';
import * as users from '../../db/repos/people/users.ts';
import * as overview from '../../db/repos/tenants/overview.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import type { Visibility } from '../../db/scope.ts';
import { workflowId } from '../../workflows/define.ts';
import { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import type { Help } from '../../workflows/tenants/help-tenants.contract.ts';
import type { Deps } from '../deps.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';

/** Help for the setups of many tenants. */
export function helpActivities(deps: Deps) {
  /** Whose tenants a person may help now. Throws `permission.denied`. */
  async function reachOf(by: Actor): Promise<Visibility> {
    const user = await deps.db.inScope(actingIn('platform', by), (tx) => users.find(tx, by.id));
    const { platformRole: role, partnerId } = user ?? {};
    const mayHelp = user?.status === 'active' && role && permissionsOf(role).has('tenants.support');
    if (!mayHelp) throw new AppError('permission.denied');
    if (role === 'superAdmin') return 'platform';
    if (!partnerId) throw new AppError('permission.denied');
    return { partnerId };
  }

  /** Throws `tenant.not-found` for a tenant out of the person's reach, `permission.denied`. */
  async function checkReach(tenantId: string, by: Actor): Promise<void> {
    await deps.db.inScope(actingIn(await reachOf(by), by), (tx) => tenants.get(tx, tenantId));
  }

  async function ask(tenantId: string, help: Help, given: { reason: string; by: Actor }): Promise<void> {
    const id = workflowId(tenantId, onboardTenantContract.name, 'sign-up');
    // The run's own id, so that a run that is reset does not help a second time either.
    const key = Context.current().info.workflowExecution?.workflowId ?? effectKey();
    if (help.kind === 'remind') {
      await deps.processes.update(onboardTenantContract, id, 'remindNow', given, key);
    } else {
      const extension = { ...given, days: help.days };
      await deps.processes.update(onboardTenantContract, id, 'extendDeadline', extension, key);
    }
  }

  return {
    /** Sorts out whom there is nothing to do for, and who is out of the person's reach. Throws `permission.denied`. */
    async planHelp(request: {
      tenantIds: string[];
      by: Actor;
    }): Promise<{ affected: string[]; leftOut: ItemResult[] }> {
      const ids = [...new Set(request.tenantIds)];
      const lines = await deps.db.inScope(actingIn(await reachOf(request.by), request.by), (tx) =>
        overview.listOf(tx, ids),
      );
      const leftOut = ids.flatMap((id): ItemResult[] => {
        const line = lines.find((candidate) => candidate.id === id);
        if (!line) return [{ id, outcome: 'refused', code: 'tenant.not-found' }];
        const code = whyLeftOut(line.onboarding);
        return code ? [{ id, outcome: 'skipped', code }] : [];
      });
      return { affected: ids.filter((id) => !leftOut.some((one) => one.id === id)), leftOut };
    },

    /**
     * Helps one tenant, once for each run. It asks the onboarding process by an update whose id is the run's: Temporal
     * keeps the id with the update, so a try after a killed worker gets the first try's answer and does nothing. A
     * signal would need an answer signal and its own memory of what was done; the update brings both. Throws what the
     * process refuses it with, `tenant.not-found`, `permission.denied`; `help.outcome-unknown` where an earlier try
     * may have been taken.
     */
    async helpTenant(request: { tenantId: string; help: Help; reason: string; by: Actor }): Promise<void> {
      const { tenantId, help, reason, by } = request;
      try {
        await checkReach(tenantId, by);
        await ask(tenantId, help, { reason, by });
      } catch (error) {
        // These say how things are now; whether the try before was taken they do not say.
        const sayNothing = ['tenant.not-found', 'permission.denied', 'run.ended'];
        const isFirst = Context.current().info.attempt === 1;
        if (isFirst || !(error instanceof AppError) || !sayNothing.includes(error.code)) throw error;
        throw new AppError('help.outcome-unknown', { cause: error });
      }
    },

    /** Records the run as a whole, once; each tenant's own events are its setup's. */
    async recordHelp(request: {
      help: Help;
      reason: string;
      by: Actor;
      results: readonly ItemResult[];
    }): Promise<void> {
      const { help, reason, by, results } = request;
      const count = (outcome: ItemResult['outcome']) =>
        results.filter((result) => result.outcome === outcome).length;
      await deps.db.inScope(actingIn('platform', by), (tx) =>
        recordOnce(tx, effectKey(), {
          action: 'tenants.helped',
          targets: results.map(({ id }) => ({ type: 'tenant', id })),
          data: {
            ...help,
            reason,
            done: count('done'),
            skipped: count('skipped'),
            refused: count('refused'),
            unknown: count('unknown'),
          },
        }),
      );
    },
  };
}
