import { AppError, errorTable } from '../../db/domain/errors.ts';
import { type Actor, personBehind } from '../../db/domain/actor.ts';
import { mailGroups } from '../../db/domain/runs/templates/effects.ts';
import type { Facts } from '../../db/domain/runs/templates/interpret.ts';
import type { Bundle, Json } from '../../db/domain/runs/templates/definition.ts';
import { withDefaults } from '../../db/domain/runs/templates/parameters.ts';
import { liveBundle } from '../../db/repos/runs/templates/bundles.ts';
import { advance, type EventCursor, takeDue } from '../../db/repos/runs/templates/event-starts.ts';
import { recordOnce } from '../../db/repos/audit/events.ts';
import { assertFullAccess } from '../../db/repos/billing/access.ts';
import * as users from '../../db/repos/people/users.ts';
import { assertMayMail, findEvent } from '../../db/repos/runs/templates/waits.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendOnce, sendToPerson } from '../settings/mail.ts';
import { httpActivities } from './http.ts';

const template = 'workflow-message';

/** The members of a tenant that a group of a mail step means; the owners where it is empty. */
function membersIn(group: string, members: readonly users.Member[], starterId: string): users.Member[] {
  const active = members.filter(({ status }) => status === 'active');
  const owners = active.filter(({ role }) => role === 'owner');
  const chosen = active.filter(({ id, role }) => {
    if (group === 'starter') return id === starterId;
    if (group === 'owner') return role === 'owner';
    return group === 'team' || role !== 'member';
  });
  return chosen.length > 0 ? chosen : owners;
}

/** What the steps of workflow templates do. */
export function templateActivities(deps: Deps) {
  const readOnly = (tenantId: string) => ({ ...actingIn({ tenantId }), readOnly: true as const });

  async function mailTo(tenantId: string, to: string, starterId: string) {
    return deps.db.inScope(readOnly(tenantId), async (tx) => {
      const tenant = await tenants.get(tx, tenantId);
      if (!(mailGroups as readonly string[]).includes(to)) {
        await assertMayMail(tx, tenantId, template);
        return { tenant, people: [] };
      }
      const members = membersIn(to, await users.listMembers(tx, tenantId), starterId);
      return {
        tenant,
        people: await users.listByIds(
          tx,
          members.map(({ id }) => id),
        ),
      };
    });
  }

  return {
    ...httpActivities(deps),

    /** The live version of a template, and its parameters with their usual values. */
    async loadTemplate(request: {
      tenantId: string;
      templateId: string;
      parameters: Record<string, Json>;
    }): Promise<{ version: number; bundle: Bundle; parameters: Record<string, Json> }> {
      const { tenantId, templateId, parameters: given } = request;
      const live = await deps.db.inScope({ ...actingIn('platform'), readOnly: true }, (tx) =>
        liveBundle(tx, tenantId, templateId),
      );
      const { filled, wrong } = withDefaults(live.bundle.root.parameters, given);
      if (wrong !== null) {
        const text = `${errorTable['template.value-wrong'].text.replace(/\.$/, '')}: ${wrong}.`;
        throw new AppError('template.value-wrong', { text });
      }
      return { ...live, parameters: filled };
    },

    /** The runs that events of the ledger start, after those of the turn before were started. */
    async takeTemplateStarts({ started }: { started: readonly EventCursor[] }) {
      return deps.db.inScope(actingIn('platform'), async (tx) => {
        await advance(tx, started);
        return takeDue(tx);
      });
    },

    /** What the expressions of a run know; records the start once. */
    async beginTemplate(request: {
      tenantId: string;
      templateId: string;
      version: number;
      by: Actor;
      reason: string | null;
    }): Promise<Facts> {
      const { tenantId, templateId, version, by, reason } = request;
      const now = deps.clock.now().toISOString();
      return deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
        await assertFullAccess(tx, tenantId);
        const { id, name, timezone, language, country } = await tenants.get(tx, tenantId);
        const starter = (await users.listByIds(tx, [personBehind(by)]))[0];
        await recordOnce(tx, `template-started/${effectKey()}`, {
          action: 'workflow-template.started',
          targets: [{ type: 'workflowTemplate', id: templateId }],
          data: { version, ...(reason !== null && { reason }) },
        });
        return {
          business: { id, name, timezone, language, country },
          run: { started_at: now, started_by: starter?.name ?? '', template: templateId },
        };
      });
    },

    /** Sends an email of a workflow to people of the business or to one address; each person once. */
    async sendTemplateMail(request: {
      tenantId: string;
      /** Who started the run. */
      starter: Actor;
      to: string;
      subject: string;
      message: string;
    }): Promise<boolean> {
      const { tenantId, starter, to, subject, message } = request;
      const { tenant, people } = await mailTo(tenantId, to, personBehind(starter));
      const values = { subject, message };
      let sent = false;
      for (const user of people) {
        const letter = { template, key: `${effectKey()}/${user.id}`, values: () => values } as const;
        if ((await sendToPerson(deps, { tenant, user }, letter)) === 'sent') sent = true;
      }
      if (people.length > 0) return sent;
      if (!to.includes('@')) throw new AppError('template.value-wrong');
      const end = await sendOnce(deps, {
        ...{ tenantId, template, key: effectKey(), language: tenant.language },
        to: { userId: null, name: to, address: to },
        values: async () => ({ ...values, name: to, business: tenant.name, portal: deps.publicUrl }),
      });
      return end === 'sent';
    },

    /** Whether an event of the ledger has been recorded since a moment; its time. */
    async findLedgerEvent(request: {
      tenantId: string;
      action: string;
      about: string | null;
      sinceMs: number;
    }): Promise<string | null> {
      const { tenantId, action, about, sinceMs } = request;
      return deps.db.inScope(readOnly(tenantId), (tx) =>
        findEvent(tx, { tenantId, action, about, since: new Date(sinceMs) }),
      );
    },

    /** Writes a note into the log of the business, once. */
    async addNote({ tenantId, text }: { tenantId: string; text: string }): Promise<void> {
      await deps.db.inScope(actingIn({ tenantId }), (tx) =>
        recordOnce(tx, `note/${effectKey()}`, {
          action: 'note.added',
          targets: [{ type: 'tenant', id: tenantId }],
          data: { note: text },
        }),
      );
    },
  };
}
