import type { Caller } from '../../support/api.ts';
import { eventually } from '../../support/world.ts';

/** A template with a run, a draft and problems to look at. */
export interface PlantedTemplate {
  templateId: string;
  runId: string | null;
}

const key = () => ({ 'idempotency-key': crypto.randomUUID() });

/** A copy of a curated template that was changed since; `tenantId` for administrators. Null for who may not make one. */
export async function plantTemplate(caller: Caller, tenantId?: string): Promise<PlantedTemplate | null> {
  const copy = await caller.call('POST', '/api/templates/wft_churnrescue/fork', {}, key());
  if (copy.status !== 201) return null;
  const templateId = copy.body.id as string;
  const parameters = { customer: 'Ada', email: 'ada@example.com', why: 'Price', offer: '20 % off' };
  const why = tenantId ? { tenantId, reason: 'To have a run to look at' } : {};
  const started = await caller.call(
    'POST',
    `/api/templates/${templateId}/start`,
    { parameters, ...why },
    key(),
  );
  const runId = (started.body?.runId as string | undefined) ?? null;
  if (runId === null) throw new Error(`the template didn’t start: ${started.text}`);
  const { body } = await caller.call('GET', `/api/templates/${templateId}`);
  const definition = body.definition as { steps: { id: string; subject?: string }[] };
  const broken = definition.steps.map((step) =>
    step.id === 'offer' ? { ...step, subject: 'Before you leave, {{ parameters.name }}' } : step,
  );
  const change = { base: 1, definition: { ...definition, steps: broken } };
  await caller.call('POST', `/api/templates/${templateId}/versions`, change);
  await eventually(
    () => caller.call('GET', `/workflow-templates/${templateId}?tab=runs`),
    ({ text }) => text.includes(runId),
  );
  return { templateId, runId };
}
