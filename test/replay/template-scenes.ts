import { createProcesses } from '../../api/kit/processes/client.ts';
import type { Bundle, Json } from '../../db/domain/runs/templates/definition.ts';
import { invoiceReminder } from '../../templates/workflows/invoice-reminder.ts';
import { newClientChecklist } from '../../templates/workflows/new-client-checklist.ts';
import type { CuratedTemplate } from '../../templates/workflows/curated-template.ts';
import type { InputOf } from '../../workflows/define.ts';
import { runTemplateContract } from '../../workflows/runs/run-template.contract.ts';
import { business, type Stage } from './stage.ts';

/** Two templates that come with the product, with their waits, loops and branches, from start to end. */
export async function templates(stage: Stage): Promise<void> {
  const { client, environment, over, save } = stage;
  const { tenantId, actor } = await business(stage);
  const run = async (name: string, { id, definition }: CuratedTemplate, parameters: Record<string, Json>) => {
    const bundle: Bundle = { root: definition, used: {} };
    const input = {
      ...{ tenantId, templateId: id, version: 1, runKey: name, by: actor, reason: null, parameters },
      bundle,
    } as unknown as InputOf<typeof runTemplateContract>;
    const { workflowId } = await createProcesses(client).start(runTemplateContract, input, actor);
    await environment.sleep('60 days');
    await over(workflowId);
    await save(name, workflowId);
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
