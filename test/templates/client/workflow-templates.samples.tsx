import { type Definition, type Step } from '../../../db/domain/runs/templates/definition.ts';
import { stepChanges, parameterChanges } from '../../../db/domain/runs/templates/diff.ts';
import { dryRun } from '../../../db/domain/runs/templates/dry-run.ts';
import { typedParameter } from '../../../db/domain/runs/templates/edit/parameter-form.ts';
import { typedStep } from '../../../db/domain/runs/templates/edit/step-form.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { NewTemplatePage } from '../../../templates/shared/workflow-templates/create.tsx';
import { DryRunPage } from '../../../templates/shared/workflow-templates/dry-run.tsx';
import {
  EditorPage,
  type EditorPageProps,
} from '../../../templates/shared/workflow-templates/edit/editor.tsx';
import { type TemplateRow, TemplatesPage } from '../../../templates/shared/workflow-templates/list.tsx';
import { TemplateRunPage, type TemplateRun } from '../../../templates/shared/workflow-templates/runs.tsx';
import { StartTemplatePage } from '../../../templates/shared/workflow-templates/start.tsx';
import {
  TemplatePage,
  type TemplatePageProps,
} from '../../../templates/shared/workflow-templates/template.tsx';
import { UpgradePage } from '../../../templates/shared/workflow-templates/upgrade.tsx';
import { curatedTemplates } from '../../../templates/workflows/curated.ts';
import { invoiceReminder } from '../../../templates/workflows/invoice-reminder.ts';
import { newClientChecklist } from '../../../templates/workflows/new-client-checklist.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, clientFrame, days, hours } from '../sample.ts';

const id = 'wft_0123456789abcdefghijklmnop';
const path = `/workflow-templates/${id}`;
const requestKey = '0b8b3c1e-6a55-4c1b-9f0d-0c5a3f1e7d21';
const { definition } = newClientChecklist;
const nothing: Definition = { parameters: { type: 'object', properties: {}, required: [] }, steps: [] };
const longTitle = 'Remind every customer in Northern England whose invoice is overdue by three weeks or more';

const row = (index: number): TemplateRow => ({
  id: `wft_${String(index).padStart(26, '0')}`,
  title: index % 7 === 3 ? longTitle : (curatedTemplates[index % 5]?.title ?? ''),
  summary: 'Does things.',
  origin: 'own',
  state: (['live', 'changed', 'draft'] as const)[index % 3] ?? 'live',
  version: index + 1,
  label: index % 2 === 0 ? 'With a second reminder' : null,
  by: 'Lucía Rivera',
  updatedAt: ago(index * hours),
  lastRun:
    index % 4 === 3
      ? null
      : { runId: '00000000-0000-4000-8000-000000000001', state: 'scheduled', startedAt: ago(5) },
});
const shared: TemplateRow[] = curatedTemplates.map((one) => ({
  ...row(1),
  ...{ id: one.id, title: one.title, summary: one.summary, origin: 'curated', by: 'BizOSaaS', lastRun: null },
}));
const list = {
  frame: clientFrame('/workflow-templates'),
  query: {},
  nextCursor: null,
  mayEdit: true,
  requestKey,
};

const runAt = (index: number): TemplateRun => ({
  runId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  state: (['scheduled', 'done', 'needsAttention'] as const)[index % 3] ?? 'done',
  startedAt: ago(index * days),
  closedAt: index % 3 === 1 ? ago(index * days - hours) : null,
  version: index === 4 ? null : '2',
  business: null,
});
const page: TemplatePageProps = {
  frame: clientFrame(path),
  template: {
    ...{ id, title: newClientChecklist.title, summary: newClientChecklist.summary, origin: 'own' },
    ...{ state: 'changed', liveVersion: 2, newestVersion: 3 },
  },
  tab: 'overview',
  version: 3,
  definition,
  problems: 2,
  versions: [3, 2, 1].map((version) => ({
    version,
    label: version === 2 ? 'First that we use' : null,
    state: version === 2 ? 'live' : version === 1 ? 'published' : 'draft',
    repeats: version === 3 ? 1 : null,
    by: 'Lucía Rivera',
    createdAt: ago(version * days),
  })),
  runs: [0, 1, 2, 3, 4].map(runAt),
  openRuns: 2,
  upgrade: 4,
  may: { edit: true, start: true },
  requestKey,
  starts: {
    on: { action: 'invitation.accepted', if: 'event.data.role == "member"', parameters: {} },
    ...{ ofBusiness: true, addressSince: ago(days), address: null, scheduleHref: null },
  },
};
const shown = (changes: Partial<TemplatePageProps>) => () =>
  renderPage(<TemplatePage {...page} {...changes} />);

/** As many steps as a template may have, some deep inside others. */
const many: Definition = {
  ...nothing,
  steps: Array.from({ length: 15 }, (_, group): Step => {
    const inner = (n: number): Step => ({
      ...{ id: `s${group}_${n}`, title: `${n}. ${longTitle}`, kind: 'mail', to: 'owner' },
      ...{ subject: 'A subject that says what it is about', body: 'Hello' },
    });
    const rest: Step = {
      id: `l${group}`,
      kind: 'loop',
      title: 'Again',
      while: 'true',
      as: 'x',
      max: 3,
      steps: [inner(1)],
    };
    return {
      id: `c${group}`,
      kind: 'condition',
      title: longTitle,
      if: 'true',
      then: [rest],
      else: [inner(2)],
    };
  }),
};
const none = { count: 0, steps: new Map(), parameters: new Map(), on: [] };
const editor: EditorPageProps = {
  frame: clientFrame(`${path}/edit`),
  template: { ...page.template, changed: true },
  definition,
  problems: none,
  panel: null,
  mayUndo: true,
  jsonOnly: false,
  ofBusiness: true,
};
const edited = (changes: Partial<EditorPageProps>) => () =>
  renderPage(<EditorPage {...editor} {...changes} />);
const mailStep = definition.steps.at(-2);
const stepPanel = (step: Step, errors: Record<string, string> = {}): EditorPageProps['panel'] => ({
  ...{ kind: 'step', step: step.kind, at: 'steps.0', isNew: false, known: [], rows: 3, uses: null },
  form: { values: { step: typedStep(step) }, errors },
});

const facts = { business: { name: 'Rivera Bakery' }, run: { started_at: '2026-11-29T10:00:00Z' } };
const parameters = { client: 'Ada', email: 'ada@example.com', tasks: ['Sign', 'Call'] };
const simulated = await dryRun(
  { root: definition, used: {} },
  parameters,
  facts,
  Date.parse('2026-11-29T10:00:00Z'),
);
const tried = { frame: clientFrame(`${path}/dry-run`), template: page.template, version: 3, definition };
const toolStep: Step = {
  ...{ id: 'refund', kind: 'tool', title: 'Refund', server: 'stripe', tool: 'stripe_create_refund' },
  arguments: { payment: 'pi_1' },
};
const start = {
  ...{ template: page.template, version: 2, parameters: definition.parameters, requestKey },
  frame: clientFrame(`${path}/start`),
};
const newer: Definition = {
  parameters: { ...definition.parameters, required: ['client'] },
  steps: invoiceReminder.definition.steps.map((step) =>
    step.id === 'owner' ? { ...step, id: 'done' } : step,
  ),
};

export const samples: PageSample[] = [
  {
    name: 'workflow-templates',
    html: () =>
      renderPage(
        <TemplatesPage {...list} own={Array.from({ length: 25 }, (_, n) => row(n))} shared={shared} />,
      ),
  },
  {
    name: 'workflow-templates-empty',
    html: () => renderPage(<TemplatesPage {...list} own={[]} shared={shared} />),
  },
  {
    name: 'workflow-templates-no-match',
    html: () =>
      renderPage(<TemplatesPage {...list} own={[]} shared={[]} query={{ q: 'x', state: 'draft' }} />),
  },
  {
    name: 'workflow-templates-read-only',
    html: () =>
      renderPage(
        <TemplatesPage
          {...list}
          frame={adminFrame('/workflow-templates')}
          own={[row(1)]}
          shared={shared}
          mayEdit={false}
        />,
      ),
  },
  { name: 'workflow-template', html: shown({}) },
  { name: 'workflow-template-graph', html: shown({ tab: 'graph' }) },
  { name: 'workflow-template-graph-long', html: shown({ tab: 'graph', definition: many }) },
  { name: 'workflow-template-runs', html: shown({ tab: 'runs' }) },
  { name: 'workflow-template-starts', html: shown({ tab: 'starts' }) },
  {
    name: 'workflow-template-address',
    html: shown({
      tab: 'starts',
      starts: {
        ...page.starts,
        address: `https://bizosaas.example/hooks/workflow-templates/start/${'a'.repeat(43)}`,
      },
    }),
  },
  {
    name: 'workflow-template-curated',
    html: shown({
      template: { ...page.template, origin: 'curated', state: 'live' },
      upgrade: null,
      problems: 0,
    }),
  },
  {
    name: 'workflow-template-refused',
    html: shown({
      refused: {
        problem: 'This version has problems.',
        errors: { 'definition.steps.0.to': 'Use an address.' },
      },
    }),
  },
  {
    name: 'workflow-template-empty',
    html: shown({ definition: nothing, runs: [], upgrade: null, problems: 0 }),
  },
  {
    name: 'workflow-template-new',
    html: () =>
      renderPage(<NewTemplatePage frame={clientFrame('/workflow-templates/new')} requestKey={requestKey} />),
  },
  { name: 'workflow-editor', html: edited({}) },
  { name: 'workflow-editor-empty', html: edited({ definition: nothing, mayUndo: false }) },
  { name: 'workflow-editor-long', html: edited({ definition: many }) },
  { name: 'workflow-editor-choose', html: edited({ panel: { kind: 'choose', at: 'steps.0' } }) },
  {
    name: 'workflow-editor-step',
    html: edited({
      ...(mailStep && {
        panel: stepPanel(mailStep, {
          'step.subject': 'There is no “name” here.',
          'step.id': 'Choose another.',
        }),
      }),
      problems: { ...none, count: 1, steps: new Map([['how_is_it', ['There is no “name” here.']]]) },
    }),
  },
  {
    name: 'workflow-editor-wait',
    html: edited({ panel: stepPanel({ id: 'w', kind: 'wait', title: 'Wait', for: { days: 1 } }) }),
  },
  {
    name: 'workflow-editor-set',
    html: edited({
      panel: stepPanel({ id: 'v', kind: 'set', title: 'Keep', values: { sent: '=index + 1' } }),
    }),
  },
  {
    name: 'workflow-editor-tool',
    html: edited({
      panel: {
        ...{ kind: 'step', step: 'tool', at: 'steps.0', isNew: true, rows: 3 },
        known: [{ name: 'payment', label: 'Payment', help: 'Its ID', required: true }],
        uses: { label: 'Tool', title: 'Refund payment' },
        form: { values: { step: typedStep(toolStep) } },
      },
    }),
  },
  {
    name: 'workflow-editor-use',
    html: edited({
      panel: {
        kind: 'use',
        at: 'steps.0',
        step: 'tool',
        options: [{ value: 'stripe/x', label: 'Stripe: X' }],
      },
    }),
  },
  {
    name: 'workflow-editor-parameter',
    html: edited({
      panel: {
        ...{ kind: 'parameter', was: 'tasks' },
        form: {
          values: { parameter: typedParameter('tasks', { type: 'array', default: ['Sign', 'Call'] }, false) },
        },
      },
    }),
  },
  {
    name: 'workflow-editor-event',
    html: edited({
      definition: { ...definition, on: { action: 'invitation.accepted', parameters: {} } },
      problems: { ...none, count: 1, on: ['“email” is missing.'] },
      panel: {
        kind: 'event',
        form: { values: {}, errors: { 'on.parameters.email': '“email” is missing.' } },
      },
    }),
  },
  { name: 'workflow-dry-run', html: () => renderPage(<DryRunPage {...tried} run={null} />) },
  {
    name: 'workflow-dry-run-result',
    html: () =>
      renderPage(
        <DryRunPage {...tried} run={{ ...simulated, faultText: null }} form={{ values: { parameters } }} />,
      ),
  },
  {
    name: 'workflow-dry-run-stopped',
    html: () =>
      renderPage(
        <DryRunPage
          {...tried}
          run={{ ...simulated, state: 'failed', faultText: 'A value of this step doesn’t fit: to.' }}
        />,
      ),
  },
  { name: 'workflow-start', html: () => renderPage(<StartTemplatePage {...start} business={null} />) },
  {
    name: 'workflow-start-admin',
    html: () =>
      renderPage(
        <StartTemplatePage
          {...start}
          frame={adminFrame(`${path}/start`)}
          business={{ choices: [{ value: 'ten_1', label: 'Rivera Bakery' }] }}
          form={{ values: {}, errors: { tenantId: 'Several businesses match. Choose one.' } }}
        />,
      ),
  },
  {
    name: 'workflow-upgrade',
    html: () =>
      renderPage(
        <UpgradePage
          frame={clientFrame(`${path}/upgrade`)}
          template={page.template}
          upgrade={{
            ...{ version: 4, sourceTitle: 'New client checklist' },
            steps: stepChanges(definition, newer),
            parameters: parameterChanges(definition, newer),
          }}
          mayEdit
        />,
      ),
  },
  {
    name: 'workflow-upgrade-none',
    html: () =>
      renderPage(
        <UpgradePage
          frame={clientFrame(`${path}/upgrade`)}
          template={page.template}
          upgrade={null}
          mayEdit
        />,
      ),
  },
  {
    name: 'workflow-template-run',
    html: () =>
      renderPage(
        <TemplateRunPage
          frame={adminFrame(`${path}/runs/1`)}
          template={page.template}
          run={{ ...runAt(0), business: 'Rivera Bakery' }}
          steps={[
            { title: 'Welcome email', state: 'done' },
            { title: 'Wait a day', state: 'scheduled', current: true },
            { title: longTitle, state: 'upcoming' },
          ]}
          mayControl
        />,
      ),
  },
  {
    name: 'workflow-template-run-away',
    html: () =>
      renderPage(
        <TemplateRunPage
          frame={clientFrame(path)}
          template={page.template}
          run={runAt(1)}
          steps={null}
          mayControl={false}
        />,
      ),
  },
];
