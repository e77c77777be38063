import { dayMs, utcDay } from '../../../db/domain/time.ts';
import type { ApiClient } from './api-client.ts';
import type { DemoPart } from './demo.ts';

interface Template {
  id: string;
  forkedFrom: string | null;
}

/** A day that is still to come, as the form takes it. */
const daysFromNow = (days: number): string => utcDay(new Date(Date.now() + days * dayMs));

/** What the own business starts from templates: some runs wait, one is over soon. */
const used: readonly { from: string; runs: readonly Record<string, unknown>[] }[] = [
  {
    from: 'wft_invoicereminder',
    runs: [
      { customer: 'Ada Lovelace', email: 'ada@readers.example', invoice: 'HB-1042', amount_minor: 4_900, due: daysFromNow(20) },
      { customer: 'Leabhar Books', email: 'accounts@leabhar.example', invoice: 'HB-1043', amount_minor: 129_900, due: daysFromNow(45) },
    ],
  },
  {
    from: 'wft_newclientchecklist',
    runs: [{ client: 'Dublin City Library', email: 'orders@library.example' }],
  },
]; // prettier-ignore

/** A copy of a template, unless there is one. */
async function copyOf(client: ApiClient, all: readonly Template[], from: string): Promise<[string, boolean]> {
  const found = all.find(({ forkedFrom }) => forkedFrom === from);
  if (found) return [found.id, false];
  const { id } = await client.call<{ id: string }>('POST', `/api/templates/${from}/fork`, {});
  return [id, true];
}

/** A copy that is being changed: its draft isn't published yet. */
async function plantDraft(client: ApiClient, all: readonly Template[]): Promise<void> {
  const [id, isNew] = await copyOf(client, all, 'wft_churnrescue');
  if (!isNew) return;
  const { definition } = await client.call<{ definition: { steps: { id: string }[] } }>(
    'GET',
    `/api/templates/${id}`,
  );
  const steps = definition.steps.map((step) =>
    step.id === 'days' ? { ...step, title: 'Wait two days', for: { days: 2 } } : step,
  );
  await client.call('POST', `/api/templates/${id}/versions`, {
    base: 1,
    definition: { ...definition, steps },
  });
}

/** Two templates in use with runs, and a copy with a draft. */
export const templatesDemo: DemoPart = {
  title: 'Workflow templates',
  async plant(demo, progress) {
    const client = await demo.as(demo.own);
    const { items } = await client.call<{ items: Template[] }>('GET', '/api/templates?limit=100');
    const of = used.length + 1;
    for (const [index, { from, runs }] of used.entries()) {
      const [id, isNew] = await copyOf(client, items, from);
      for (const parameters of isNew ? runs : [])
        await client.call('POST', `/api/templates/${id}/start`, { parameters });
      progress(index + 1, of);
    }
    await plantDraft(client, items);
    progress(of, of);
  },
};
