import type { Actor } from '../../db/domain/actor.ts';
import { agentCatalog } from '../../db/domain/agents/catalog.ts';
import { AppError } from '../../db/domain/errors.ts';
import { plainCount } from '../../db/domain/plural.ts';
import type { SubmittableStep } from '../../db/domain/onboarding/steps.ts';
import { listServers, serverTitles } from '../../db/repos/integrations/servers.ts';
import * as choices from '../../db/repos/onboarding/choices.ts';
import * as plans from '../../db/repos/billing/plans.ts';
import * as support from '../../db/repos/runs/admin-actions.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import type { AdminAction } from '../../workflows/shared/admin-actions.ts';
import type { Submission } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import { startSubscription } from '../billing/subscriptions.ts';
import type { Deps } from '../deps.ts';

type FactsByName = Record<string, string>;
/** The result of a step: facts for later steps, and the invoice it issued, if any. */
interface StepEffect {
  facts: FactsByName;
  invoiceId?: string;
}
type ChoiceOf<Step extends SubmittableStep> = Extract<Submission, { step: Step }>['choice'];
interface Applying {
  deps: Deps;
  tenantId: string;
  by: Actor;
}

/** The plan a tenant has chosen, with its limits. */
async function chosenPlan({ deps, tenantId }: Applying) {
  return deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    const { plan } = await choices.list(tx, tenantId);
    if (!plan) throw new AppError('plan.not-found');
    return plans.get(tx, plan.planKey);
  });
}

function refuseOverLimit(
  field: 'tools' | 'agents',
  { count, limit, one }: { count: number; limit: number; one: string },
): void {
  if (count <= limit) return;
  throw new AppError('plan.limit-exceeded', {
    text: `Your plan includes ${plainCount(limit, one, field)}; you chose ${count}.`,
    fields: { [field]: `Choose at most ${limit}, or change the plan.` },
  });
}

/** A server that can't be connected can't be chosen; a deprecated one can. */
async function refuseUnknownServers(names: readonly string[], { deps, tenantId }: Applying): Promise<void> {
  const { items } = await deps.db.inScope(actingIn({ tenantId }), (tx) => listServers(tx, { limit: 200 }));
  const offered = new Set(
    items.filter(({ status }) => status === 'available' || status === 'deprecated').map(({ name }) => name),
  );
  const unknown = names.filter((name) => !offered.has(name));
  if (unknown.length === 0) return;
  const text = `Choose tools from the list; these are not in it: ${unknown.join(', ')}.`;
  throw new AppError('request.invalid', { text, fields: { tools: text } });
}

/** What each step does besides being stored, and the facts it provides to later steps. */
const effects: { [Step in SubmittableStep]: (choice: ChoiceOf<Step>, on: Applying) => Promise<StepEffect> } =
  {
    async profile(choice, { deps, tenantId, by }) {
      const { country, timezone, language } = choice;
      await deps.db.inScope(actingIn({ tenantId }, by), (tx) =>
        tenants.update(tx, tenantId, { country, timezone, language }),
      );
      return { facts: { country, profile: JSON.stringify(choice) } };
    },
    async plan(choice, { deps, tenantId, by }) {
      const plan = await deps.db.inScope(actingIn({ tenantId }), (tx) => plans.get(tx, choice.planKey));
      const invoiceId = await startSubscription(deps, { tenantId, plan, choice, by });
      const terms = `${choice.interval} ${choice.start} ${choice.paymentMethod.id}`;
      return { facts: { plan: plan.key, billing: terms }, invoiceId };
    },
    async tools({ tools }, on) {
      const { maxTools } = await chosenPlan(on);
      refuseOverLimit('tools', { count: tools.length, limit: maxTools, one: 'tool' });
      await refuseUnknownServers(tools, on);
      return { facts: { tools: [...tools].sort().join(' ') } };
    },
    async website(choice) {
      return { facts: { site: choice.mode === 'existing' ? choice.url : choice.mode } };
    },
    async analytics(choice) {
      return { facts: { analytics: JSON.stringify(choice) } };
    },
    async agents({ agents }, on) {
      const { maxAgents } = await chosenPlan(on);
      refuseOverLimit('agents', { count: agents.length, limit: maxAgents, one: 'agent' });
      const { tools, titles } = await on.deps.db.inScope(actingIn({ tenantId: on.tenantId }), async (tx) => ({
        tools: (await choices.list(tx, on.tenantId)).tools,
        titles: await serverTitles(tx),
      }));
      const chosen: readonly string[] = tools?.tools ?? [];
      for (const agent of agentCatalog.filter(({ key }) => agents.includes(key))) {
        if (agent.needsOneOf.length === 0 || agent.needsOneOf.some((tool) => chosen.includes(tool))) continue;
        const needed = agent.needsOneOf.map((name) => titles.get(name) ?? name);
        const text = `${agent.title} needs one of these tools: ${needed.join(', ')}.`;
        throw new AppError('request.invalid', { text, fields: { agents: text } });
      }
      return { facts: { agents: [...agents].sort().join(' ') } };
    },
    async review() {
      return { facts: {} };
    },
  };

async function apply({ step, choice }: Submission, on: Applying): Promise<StepEffect> {
  const effect = effects[step] as (choice: unknown, on: Applying) => Promise<StepEffect>;
  return effect(choice, on);
}

/** The steps of the onboarding, and the administrator's actions on them. */
export function onboardingActivities(deps: Deps) {
  return {
    /** Applies a choice, then stores it. */
    async applyOnboardingStep(request: {
      tenantId: string;
      submission: Submission;
      by: Actor;
      reason?: string | undefined;
    }): Promise<StepEffect> {
      const { tenantId, submission, by, reason } = request;
      const effect = await apply(submission, { deps, tenantId, by });
      await deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
        await choices.save(tx, tenantId, submission.step, submission.choice);
        if (reason) support.recordCompletion(tx, tenantId, submission.step, reason);
      });
      return effect;
    },

    /** Applies the stored choice of a step again, because something it depends on has changed. */
    async redoOnboardingStep({
      tenantId,
      step,
    }: {
      tenantId: string;
      step: SubmittableStep;
    }): Promise<StepEffect> {
      const stored = await deps.db.inScope(actingIn({ tenantId }), (tx) => choices.list(tx, tenantId));
      const choice = stored[step];
      if (choice === undefined) throw new AppError('step.not-open');
      const by: Actor = actingIn({ tenantId }).by.actor;
      return apply({ step, choice } as Submission, { deps, tenantId, by });
    },

    async recordOnboardingExtension(request: {
      tenantId: string;
      days: number;
      reason: string;
      by: Actor;
    }): Promise<void> {
      const { by, ...extension } = request;
      await deps.db.inScope(actingIn({ tenantId: request.tenantId }, by), (tx) =>
        support.recordExtension(tx, effectKey(), extension),
      );
    },

    /** Records who sent a reminder early, and why. */
    async recordOnboardingReminder(request: {
      tenantId: string;
      step: string;
      reason: string;
      by: Actor;
    }): Promise<void> {
      const { by, ...reminder } = request;
      await deps.db.inScope(actingIn({ tenantId: request.tenantId }, by), (tx) =>
        support.recordReminder(tx, effectKey(), reminder),
      );
    },

    /** Records an administrator's action on a step of any process, and why. */
    async recordAdminAction(request: {
      tenantId: string;
      action: AdminAction;
      step: string;
      reason: string;
      by: Actor;
    }): Promise<void> {
      const { tenantId, action, step, reason, by } = request;
      await deps.db.inScope(actingIn({ tenantId }, by), async (tx) =>
        support.recordStepAction(tx, action, step, reason),
      );
    },
  };
}
