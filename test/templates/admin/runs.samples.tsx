import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { ProcessPage } from '../../../templates/admin/runs/process.tsx';
import { ProcessesPage } from '../../../templates/admin/runs/processes.tsx';
import { type QueueCard, WorkersPage } from '../../../templates/admin/runs/workers.tsx';
import { WorkflowsPage } from '../../../templates/admin/runs/workflows.tsx';
import type { RunRow } from '../../../templates/admin/runs/workflows.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { JsonSchema } from '../../../templates/ui/schema-form.tsx';
import { minuteMs } from '../../../db/domain/time.ts';

export const runRows = (count: number): RunRow[] =>
  rows(count, (index) => {
    const state = pick(
      ['waiting', 'running', 'done', 'needsAttention', 'done', 'failed', 'stopped'] as const,
      index,
    );
    return {
      id: `t:${idOf('ten', index)}:onboard-tenant:${index}`,
      processTitle: pick(['Onboarding', 'Invitation', 'Renewal of a subscription'], index),
      about: null,
      tenant: index % 13 === 12 ? null : tenantAt(index),
      stepTitle:
        state === 'done' || state === 'stopped' ? null : pick(['Website', 'Plan & payment', 'Tools'], index),
      state,
      startedAt: ago(index * 61 + 2),
      durationMs: (index * 61 + 2) * minuteMs,
      attempts: index % 6 === 3 ? 3 : 1,
    };
  });

export const processSchema: JsonSchema = {
  type: 'object',
  required: ['businessName', 'owner', 'seats'],
  properties: {
    businessName: { type: 'string', minLength: 2, maxLength: 120, description: 'As the customer writes it.' },
    seats: { type: 'integer', minimum: 1, maximum: 250, default: 1 },
    discount: { type: 'number', minimum: 0, maximum: 1 },
    language: { enum: ['en', 'de', 'es', 'fr'], default: 'en' },
    sendMail: { type: 'boolean', title: 'Send the welcome email' },
    tags: { type: 'array', items: { type: 'string' } },
    tools: { type: 'array', items: { enum: ['stripe', 'slack', 'wordpress'] } },
    owner: {
      type: 'object',
      required: ['email'],
      properties: { email: { type: 'string', format: 'email' }, name: { type: 'string' } },
    },
  },
};

const queueCard = (workers: number): QueueCard => ({
  queue: 'core',
  workers: rows(workers, (index) => ({
    identity: `${4_200 + index}@worker-${index}.eu.example`,
    build: index % 3 === 2 ? null : '@temporalio/worker@1.24.0+9f2c1ab8',
    kinds: ['workflow', 'activity'],
    lastPollAt: ago(index / 60),
  })),
  isUnpolled: workers === 0,
  backlog: workers === 0 ? 1_240 : 0,
  ageMs: workers === 0 ? 95_000 : 0,
  addedPerS: 4.2,
  dispatchedPerS: workers === 0 ? 0 : 4.2,
  versions: workers === 0 ? [] : [{ build: '@temporalio/worker@1.24.0+9f2c1ab8', workers: 2 }],
});

export const samples: readonly PageSample[] = [
  {
    name: 'workers',
    html: () =>
      renderPage(<WorkersPage frame={adminFrame('/admin/workers')} queues={[queueCard(3), queueCard(0)]} />),
  },
  {
    name: 'workers-away',
    html: () => renderPage(<WorkersPage frame={adminFrame('/admin/workers')} queues={null} />),
  },
  {
    name: 'workflows',
    html: () =>
      renderPage(
        <WorkflowsPage
          frame={adminFrame('/admin/workflows')}
          rows={runRows(50)}
          query={{ tenant: 'ten_1' }}
          tenantName="Rivera Bakery"
          stepTitle=""
          views={[]}
          processes={[{ value: 'onboardTenant', label: 'Onboarding' }]}
          nextCursor="c2"
          mayTrigger
          mayControl
        />,
      ),
  },
  {
    name: 'processes',
    html: () =>
      renderPage(
        <ProcessesPage
          frame={adminFrame('/admin/processes')}
          processes={[
            {
              name: 'onboard-tenant',
              title: 'Onboard a tenant',
              purpose: 'Takes a business from sign-up to live.',
              openRuns: 18,
            },
            {
              name: 'seal-audit-log',
              title: 'Seal the audit log',
              purpose: 'Signs a checkpoint of every chain.',
              openRuns: 0,
            },
          ]}
        />,
      ),
  },
  {
    name: 'process',
    html: () =>
      renderPage(
        <ProcessPage
          frame={adminFrame('/admin/processes/onboard-tenant')}
          requestKey="k1"
          process={{
            name: 'onboard-tenant',
            title: 'Onboard a tenant',
            purpose: 'Takes a business from sign-up to live.',
            happens: 'The owner gets an email immediately. You see the run.',
            schema: processSchema,
          }}
          form={{
            values: { input: { businessName: 'Rivera Bakery', owner: { email: 'x' } } },
            errors: { 'input.owner.email': 'Enter an email address such as name@example.com.' },
          }}
        />,
      ),
  },
];
