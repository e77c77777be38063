import { onboardingSteps, onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import { RunPage } from '../../../templates/admin/runs/run.tsx';
import type { RunPageProps } from '../../../templates/admin/runs/run.tsx';
import type { RunStep, RunTab } from '../../../templates/admin/runs/run-types.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days, hours } from '../sample.ts';

const start = 2 * days + 3 * hours + 20;

/** Eight steps of which the fourth waits or has failed. */
export function sampleSteps(fourth: 'waiting' | 'needsAttention'): RunStep[] {
  return onboardingSteps.map((key, index) => {
    const base = { key, title: onboardingTitles[key] };
    const from = ago(start - index * 4);
    if (index < 3) {
      const to = ago(start - index * 4 - [0.03, 3, 1.2][index]!);
      const attempts = [{ number: 1, startedAt: from, endedAt: to, state: 'done' as const }];
      return { ...base, state: 'done', since: to, startedAt: from, endedAt: to, attempts, waits: [] };
    }
    if (index > 3)
      return {
        ...base,
        state: 'upcoming',
        since: null,
        startedAt: null,
        endedAt: null,
        attempts: [],
        waits: [],
      };
    if (fourth === 'waiting') {
      return {
        ...base,
        state: 'waiting',
        word: 'Waiting for the owner',
        since: from,
        startedAt: from,
        endedAt: null,
        attempts: [],
        waits: [{ state: 'waiting', waitingFor: 'owner', startedAt: from, endedAt: null }],
      };
    }
    const error = 'The payment provider did not answer within 60 seconds.';
    return {
      ...base,
      state: 'needsAttention',
      since: ago(30),
      startedAt: from,
      endedAt: null,
      nextTryAt: ago(-12),
      cause: 'The payment provider has not answered three times in a row. Nothing was charged.',
      code: 'payment.gateway-unavailable',
      askWho: 'Anyone who can see the provider’s status page',
      attempts: [
        { number: 1, startedAt: from, endedAt: ago(start - 13), state: 'failed', error },
        { number: 2, startedAt: ago(start - 14), endedAt: ago(start - 15), state: 'failed', error },
        { number: 3, startedAt: ago(31), endedAt: ago(30), state: 'failed', error },
      ],
      waits: [{ state: 'needsAttention', waitingFor: 'administrator', startedAt: ago(30), endedAt: null }],
      data: [{ title: 'Charge card: input', json: '{ "planKey": "growth" }' }],
    };
  });
}

export function runProps(tab: RunTab, changes: Partial<RunPageProps> = {}): RunPageProps {
  const website = { key: 'website', title: 'Tools' };
  return {
    frame: adminFrame('/admin/workflows/t:ten_1:onboard-tenant:key'),
    run: {
      id: 't:ten_01h8x2:onboard-tenant:key/1',
      workflowId: 't:ten_01h8x2:onboard-tenant:key',
      title: 'Onboarding of Rivera Bakery',
      processTitle: 'Onboarding',
      processName: 'onboardTenant',
      state: 'waiting',
      stateText: 'Waiting for the customer',
      since: ago(2 * days + 3 * hours),
      startedAt: ago(start),
      endedAt: null,
      tenant: { id: 'ten_01h8x2', name: 'Rivera Bakery' },
      startedBy: 'Lucía Rivera',
      next: { kind: 'reminder', at: ago(-18 * hours) },
      retries: 0,
      results: null,
    },
    steps: sampleSteps('waiting'),
    whys: [
      {
        text: 'Waiting for the owner to choose tools. Nothing is wrong.',
        tone: 'waiting',
        ask: 'The owner',
        link: null,
        offer: ['skip-step'],
      },
    ],
    actions: [
      {
        kind: 'skip-step',
        step: website,
        happens: 'Setup continues with “Website”. The owner can still choose tools later.',
        stays: 'Everything entered so far stays.',
      },
      {
        kind: 'cancel',
        happens: 'The run stops in order and undoes what it has begun: the subscription is cancelled.',
        stays: 'The account and everything entered stay.',
      },
      {
        kind: 'terminate',
        happens: 'The run stops at once and undoes nothing. Use it only when cancelling does not work.',
        stays: 'Whatever it has set up so far stays as it is.',
      },
    ],
    chosen: onboardingSteps[3],
    tab,
    ...changes,
  };
}

const events = Array.from({ length: 14 }, (_, index) => ({
  id: String(index + 1),
  at: ago(start - index * 3),
  title: ['Run started', 'Account created', 'Business saved', 'Timer set for 24 h'][index % 4]!,
  type: [
    'WorkflowExecutionStarted',
    'ActivityTaskCompleted',
    'WorkflowExecutionUpdateAccepted',
    'TimerStarted',
  ][index % 4]!,
  detail: index % 3 === 0 ? 'by Lucía Rivera' : undefined,
  json: JSON.stringify(
    { eventId: index + 1, eventType: 'TimerStarted', attributes: { timerId: String(index) } },
    null,
    2,
  ),
}));

const tabs: [string, RunTab][] = [
  ['run-history', { key: 'history', view: 'full', events, nextCursor: 'c2' }],
  ['run-history-raw', { key: 'history', view: 'raw', events: events.slice(0, 3), nextCursor: null }],
  [
    'run-data',
    {
      key: 'data',
      blocks: [
        {
          title: 'Input',
          json: JSON.stringify({ businessName: 'Rivera Bakery', ownerName: '(hidden)' }, null, 2),
        },
      ],
    },
  ],
  [
    'run-work',
    {
      key: 'work',
      items: [
        {
          ...{
            id: '7',
            title: 'Send mail',
            state: 'paused',
            attempt: 4,
            nextTryAt: null,
            scheduledAt: ago(50),
          },
          failure: 'The mail server isn’t responding.',
          hold: { since: ago(12), by: 'Ana Torres', reason: 'The mail server is being moved.' },
          actions: ['unpause-activity', 'reset-activity'],
        },
        {
          ...{
            id: '9',
            title: 'Call tool',
            state: 'running',
            attempt: 1,
            nextTryAt: null,
            scheduledAt: ago(1),
          },
          ...{ failure: null, hold: null, actions: ['pause-activity'] },
        },
      ],
    },
  ],
  ['run-work-none', { key: 'work', items: [] }],
  ['run-work-unavailable', { key: 'work', items: null }],
  [
    'run-related',
    {
      key: 'related',
      runs: [
        {
          id: 't:1:send-mail:1',
          title: 'Mail: please confirm',
          relation: 'Started by this run',
          state: 'done',
          startedAt: ago(start),
        },
      ],
    },
  ],
  [
    'run-audit',
    {
      key: 'audit',
      entries: [
        {
          id: 'e1',
          at: ago(40),
          who: 'Ana Torres',
          what: 'Step retried',
          reason: 'The provider is back, as its status page says.',
        },
      ],
    },
  ],
  ['run-stack-unavailable', { key: 'stack', stack: { state: 'unavailable' } }],
  ['run-stack-ended', { key: 'stack', stack: { state: 'ended' } }],
  ['run-stack-pending', { key: 'stack', stack: { state: 'pending', href: '/admin/workflows/x/stack' } }],
];

export const samples: readonly PageSample[] = [
  { name: 'run-waiting', html: () => renderPage(<RunPage {...runProps({ key: 'steps' })} />) },
  {
    name: 'run-attention',
    html: () => {
      const props = runProps({ key: 'steps' });
      return renderPage(
        <RunPage
          {...props}
          steps={sampleSteps('needsAttention')}
          run={{
            ...props.run,
            state: 'needsAttention',
            stateText: 'Needs attention',
            since: ago(30),
            next: null,
            retries: 2,
          }}
          whys={[
            {
              text: 'No worker is available for the queue “core”. Work continues automatically as soon as one is.',
              tone: 'attention',
              ask: 'Platform operator',
              link: { title: 'Open workers', href: '/admin/workers' },
              offer: [],
            },
            {
              text: 'The payment provider has not answered three times in a row. Nothing was charged. It’s retried automatically; you can also retry now.',
              tone: 'attention',
              ask: 'Payment provider admin',
              link: null,
              offer: ['retry-step', 'skip-step'],
            },
          ]}
          actions={[
            {
              kind: 'retry-step',
              step: { key: 'tools', title: 'Tools' },
              happens: 'The step is retried immediately.',
              oneClickReason: 'Tried again from the run page',
            },
            ...props.actions,
            {
              kind: 'fail-step',
              step: { key: 'tools', title: 'Tools' },
              happens: 'The step counts as failed and the run undoes what it has begun.',
            },
          ]}
        />,
      );
    },
  },
  {
    name: 'run-dialog-refused',
    html: () =>
      renderPage(
        <RunPage
          {...runProps({ key: 'steps' })}
          refused={{
            kind: 'skip-step',
            state: { values: { reason: 'no' }, errors: { reason: 'At least 10 characters.' } },
          }}
        />,
      ),
  },
  {
    name: 'run-paused',
    html: () =>
      renderPage(
        <RunPage
          {...runProps({ key: 'steps' })}
          whys={[
            {
              text: 'Paused for 12 min by Ana Torres: The provider moves its servers. It continues when it’s resumed.',
              ...{ tone: 'attention', ask: 'An administrator', link: null, offer: ['unpause'] },
            },
          ]}
          actions={[{ kind: 'unpause', happens: 'The run continues immediately.' }]}
          links={[
            {
              title: 'Send a message',
              hint: 'Tell the run something.',
              icon: 'send',
              href: '/admin/workflows/x',
            },
            { title: 'Reset to a step', hint: 'Run it again.', icon: 'history', href: '/x', danger: true },
          ]}
          relatives={[
            { title: 'Reset from an earlier run', href: '/admin/workflows/x' },
            {
              title: 'Replay: the deployed code can’t continue this run',
              text: '[TMPRL1100] Nondeterminism error: Activity machine does not handle this event.',
              at: ago(3),
              href: '/admin/workflows/y',
            },
          ]}
        />,
      ),
  },
  ...tabs.map(([name, tab]) => ({ name, html: () => renderPage(<RunPage {...runProps(tab)} />) })),
];
