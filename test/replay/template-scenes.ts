import { createProcesses } from '../../api/kit/processes/client.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import type { Bundle, Definition, Json } from '../../db/domain/runs/templates/definition.ts';
import { invoiceReminder } from '../../templates/workflows/invoice-reminder.ts';
import { newClientChecklist } from '../../templates/workflows/new-client-checklist.ts';
import type { CuratedTemplate } from '../../templates/workflows/curated-template.ts';
import { startTemplateStarts } from '../../workers/start-singletons.ts';
import { insert } from '../../db/repos/runs/templates/templates.ts';
import { type InputOf, workflowId } from '../../workflows/define.ts';
import { runTemplateContract } from '../../workflows/runs/run-template.contract.ts';
import { business, type Stage } from './stage.ts';

/** Two templates that come with the product, with their waits, loops and branches, from start to end. */
export async function templates(stage: Stage): Promise<void> {
  const { client, environment, over, save } = stage;
  const { tenantId, actor } = await business(stage);
  const run = async (
    name: string,
    { id: templateId, definition }: CuratedTemplate,
    parameters: Record<string, Json>,
  ) => {
    const bundle: Bundle = { root: definition, used: {} };
    const input = {
      ...{ tenantId, templateId, version: 1, runKey: name, by: actor, reason: null, parameters },
      bundle,
    } as unknown as InputOf<typeof runTemplateContract>;
    const { workflowId: id } = await createProcesses(client).start(runTemplateContract, input, actor);
    await environment.sleep('60 days');
    await over(id);
    await save(name, id);
  };
  const customer = { customer: 'Ada', email: 'ada@example.com', invoice: 'INV-7', currency: 'EUR' };
  await run('run-template-reminder', invoiceReminder, {
    ...customer,
    ...{ amount_minor: 12_900, due: '2026-01-15', rounds: 2 },
  });
  await run('run-template-checklist', newClientChecklist, {
    ...{ client: 'Lovelace', email: 'lovelace@example.com' },
    tasks: ['Call', 'Sign'],
  });
}

/** A template that an event starts, and the run that it starts. */
export async function templateStarts(stage: Stage): Promise<void> {
  const { client, environment, over, save, world } = stage;
  const { tenantId, actor } = await business(stage);
  const templateId = 'wft_0123456789abcdefghijklmnop';
  const definition: Definition = {
    parameters: { type: 'object', properties: {}, required: [] },
    on: { action: 'mail.sent', parameters: {} },
    steps: [{ id: 'note', title: 'Note', kind: 'record', change: 'note', text: 'A mail was sent' }],
  };
  const scope = { visibility: { tenantId }, by: { actor, context: {} } } as const;
  await world.database.db.inScope(scope, (tx) =>
    insert(tx, {
      ...{ id: templateId, tenantId, title: 'On a mail', summary: 'Writes a note.', definition },
      ...{ live: true, createdBy: actor.id },
    }),
  );
  await world.database.db.inScope(scope, async (tx) =>
    tx.record({ action: 'mail.sent', targets: [{ type: 'mail', id: 'mail' }] }),
  );
  await startTemplateStarts(client);
  await environment.sleep('1 minute');
  const [event] = await world.database.owner<{ id: string }>(
    `select id from events where tenant_id = $1 and action = 'mail.sent' order by seq desc limit 1`,
    [tenantId],
  );
  const run = workflowId(tenantId, runTemplateContract.name, `${templateId}:${event?.id ?? ''}`);
  await over(run);
  await save('run-template-on-event', run);
  const id = workflowId(PLATFORM_TENANT_ID, 'start-templates', 'all');
  await client.workflow.getHandle(id).terminate('recorded');
  await save('start-templates', id);
}
