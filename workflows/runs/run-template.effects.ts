import { sleep, workflowInfo } from '@temporalio/workflow';
import type { Actor } from '../../db/domain/actor.ts';
import type { Json } from '../../db/domain/runs/templates/definition.ts';
import type { Effect } from '../../db/domain/runs/templates/effects.ts';
import type { Host } from '../../db/domain/runs/templates/interpret.ts';
import type { TenantRole } from '../../db/domain/roles.ts';
import { dayMs, minuteMs } from '../../db/domain/time.ts';
import { askApproval } from '../shared/ask-approval.ts';
import { fail } from '../shared/failures.ts';
import { db, mail, once, tool } from '../shared/profiles.ts';
import type { ProgressTracker } from '../shared/progress.ts';
import { toolClient } from '../shared/tool-client.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** Characters of the line under which a question is listed; the whole of it stands on its page. */
const longestTitle = 200;

/** An owner may always decide what an admin may. */
const approversOf = { owner: ['owner'], admin: ['owner', 'admin'] } as const satisfies Record<
  Of<'approval'>['by'],
  readonly TenantRole[]
>;

/** What the steps of a template do to the world. */
export function performer(of: { tenantId: string; by: Actor }, progress: ProgressTracker<string>) {
  const { tenantId, by } = of;
  const actor = { type: 'workflow', id: workflowInfo().workflowId } as const;
  async function callTool({ server, tool: name, arguments: args }: Of<'tool'>, key: string): Promise<Json> {
    const tools = toolClient({ tenantId, actor }, (pending) => {
      if (!pending) return progress.set(key, 'running');
      progress.set(key, 'waiting', { waitingFor: 'approver' });
      progress.setNext({ kind: 'expiry', atMs: pending.expiresAtMs });
    });
    return (await tools.callTool({ server, tool: name, arguments: args })) as Json;
  }

  async function ask({ question, by: role, expiresInDays }: Of<'approval'>, key: string): Promise<Json> {
    const expiresInMs = expiresInDays * dayMs;
    progress.set(key, 'waiting', { waitingFor: 'approver' });
    progress.setNext({ kind: 'expiry', atMs: Date.now() + expiresInMs });
    const { outcome } = await askApproval({
      ...{ tenantId, requestedBy: by, arguments: { question } },
      title: question.slice(0, longestTitle),
      policy: { from: { roles: [...approversOf[role]] }, expiresInMs },
    });
    return { outcome, approved: outcome === 'approved' };
  }

  async function wait({ untilMs, event }: Of<'wait'>, key: string): Promise<Json> {
    const sinceMs = Date.now();
    if (untilMs > sinceMs) {
      progress.set(key, 'waiting', { waitingFor: 'schedule' });
      progress.setNext({ kind: 'check', atMs: untilMs });
    }
    if (!event) {
      await sleep(Math.max(0, untilMs - sinceMs));
      return { happened: true, at: new Date(untilMs).toISOString() };
    }
    for (;;) {
      const at = await db.findLedgerEvent({ tenantId, ...event, sinceMs });
      if (at !== null) return { happened: true, at };
      const nowMs = Date.now();
      if (nowMs >= untilMs) return { happened: false, at: new Date(nowMs).toISOString() };
      // The longer it takes, the more rarely it looks: a wait of a year stays within one history.
      const pauseMs = Math.max(minuteMs / 6, (nowMs - sinceMs) / 20);
      await sleep(Math.min(pauseMs, untilMs - nowMs));
    }
  }

  async function perform(effect: Effect, { key }: Parameters<Host['perform']>[1]): Promise<Json> {
    switch (effect.kind) {
      case 'tool':
        return callTool(effect, key);
      case 'mail': {
        const { to, subject, body: message } = effect;
        return {
          sent: await mail.sendTemplateMail({ tenantId, starter: by, to, subject, message }),
        };
      }
      case 'http': {
        const { method, url, headers, body } = effect;
        const profile = method === 'GET' ? tool : once;
        return profile.callAddress({ tenantId, method, url, headers, body });
      }
      case 'wait':
        return wait(effect, key);
      case 'record':
        await db.addNote({ tenantId, text: effect.text });
        return { recorded: true };
      case 'approval':
        return ask(effect, key);
      default:
        return fail('template.value-wrong');
    }
  }

  return perform;
}
