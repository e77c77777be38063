import assert from 'node:assert/strict';
import type { VNode } from 'preact';
import { AuditPage } from '../../templates/admin/audit/audit.tsx';
import { PeoplePage } from '../../templates/admin/people/people.tsx';
import { RunPage } from '../../templates/admin/runs/run.tsx';
import { TenantsPage } from '../../templates/admin/tenants/tenants.tsx';
import { WorkflowsPage } from '../../templates/admin/runs/workflows.tsx';
import { SetupReviewPage } from '../../templates/client/onboarding/setup-review.tsx';
import { TeamPage } from '../../templates/client/people/team.tsx';
import { renderPage, renderSseMessage } from '../../templates/layout/render.ts';
import { ErrorPage } from '../../templates/public/shared/error-page.tsx';
import { CheckEmailPage } from '../../templates/public/onboarding/check-email.tsx';
import { SignUpPage } from '../../templates/public/onboarding/sign-up.tsx';
import { CodeBlock } from '../../templates/ui/code-block.tsx';
import { stepsUntil } from './client/onboarding.samples.tsx';
import { runProps } from './admin/run-page.samples.tsx';
import { gallery } from './gallery.tsx';
import { auditRows } from './admin/audit.samples.tsx';
import { personRows } from './admin/people.samples.tsx';
import { runRows } from './admin/runs.samples.tsx';
import { tenantRows } from './admin/tenants.samples.tsx';
import { adminFrame, ago, clientFrame, publicFrame } from './sample.ts';

const hostile = `"'><img src=x onerror=alert(1)><script>alert(2)</script></textarea></title>\u2028&`;

/** Fields that choose a branch rather than being shown. */
const chosen = new Set(
  'kind state status key view role action outcome tone step icon direction mode onboardingStep offer interval nonce path timezone language currency'.split(
    ' ',
  ),
);

/** The same props with every shown string replaced by the hostile one. */
function poison<T>(value: T, name = ''): T {
  if (typeof value === 'string') {
    const kept = chosen.has(name) || /^\d{4}-\d\d-\d\dT/.test(value);
    return (kept ? value : hostile) as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => poison(item, name)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, poison(item as unknown, key)]),
  ) as T;
}

const frame = poison(
  adminFrame('/admin', {
    flash: { kind: 'problem', text: 'x' },
    banners: [{ kind: 'warning', text: 'x', action: { title: 'x', href: '/x' } }],
  }),
);
const form = {
  values: poison({ businessName: 'x', email: 'x', reason: 'x' }),
  errors: poison({ email: 'x', reason: 'x' }),
  problem: hostile,
};
const query = { q: hostile, status: hostile, tenant: hostile, sort: hostile, cursor: hostile };
const run = poison(runProps({ key: 'steps' }));

const pages: Record<string, VNode> = {
  tenants: (
    <TenantsPage
      signUpLink={hostile}
      frame={frame}
      rows={poison(tenantRows(3))}
      query={query}
      plans={[{ value: hostile, label: hostile }]}
      nextCursor={hostile}
      views={[{ id: hostile, name: hostile, query: hostile }]}
      mayHelp
    />
  ),
  people: (
    <PeoplePage
      frame={frame}
      rows={poison(personRows(3))}
      query={query}
      tenantName={hostile}
      nextCursor={null}
      views={[{ id: hostile, name: hostile, query: hostile }]}
      mayChange
    />
  ),
  workflows: (
    <WorkflowsPage
      frame={frame}
      rows={poison(runRows(3))}
      query={query}
      processes={[]}
      stepTitle={hostile}
      views={[{ id: hostile, name: hostile, query: hostile }]}
      tenantName={hostile}
      nextCursor={null}
      mayTrigger
      mayControl
    />
  ),
  audit: (
    <AuditPage
      frame={frame}
      rows={poison(auditRows(3))}
      query={query}
      tenants={[]}
      nextCursor={null}
      mayVerify
      maySeeRetention
      seal={null}
      checks={null}
    />
  ),
  run: <RunPage {...run} frame={frame} refused={{ kind: 'skip-step', state: form }} />,
  'run data': (
    <RunPage {...run} frame={frame} tab={{ key: 'data', blocks: [{ title: hostile, json: hostile }] }} />
  ),
  review: (
    <SetupReviewPage
      frame={poison(clientFrame('/app/setup/review'))}
      steps={stepsUntil('review')}
      choices={[{ step: 'profile', facts: [{ label: hostile, value: hostile }] }]}
      priceSentence={hostile}
    />
  ),
  team: (
    <TeamPage
      frame={frame}
      mayInvite
      mayManage
      mayChangeRoles
      requestKey="k"
      members={[]}
      invitations={[
        {
          id: hostile,
          name: hostile,
          email: hostile,
          role: 'member',
          invitedBy: hostile,
          sentAt: ago(1),
          expiresAt: ago(-1),
        },
      ]}
      form={form}
    />
  ),
  error: (
    <ErrorPage
      frame={publicFrame('/')}
      status={500}
      title={hostile}
      text={hostile}
      advice={hostile}
      requestId={hostile}
    />
  ),
  'check-email': (
    <CheckEmailPage
      frame={publicFrame('/sign-up')}
      typed={poison({ businessName: 'x', email: 'x' })}
      mailboxUrl={undefined}
    />
  ),
  'sign-up': (
    <SignUpPage
      frame={publicFrame('/sign-up')}
      requestKey={hostile}
      partner={{ name: hostile, token: hostile }}
      form={form}
    />
  ),
};

describe('Pages never let a value become markup', () => {
  for (const [name, page] of Object.entries(pages)) {
    it(name, () => {
      const html = renderPage(page);
      assert.ok(html.includes('&lt;img src=x'), 'the value is shown');
      assert.doesNotMatch(html, /<img src=x|<script>|<\/textarea><\/title>/);
      assert.doesNotMatch(html, /<[a-z][^>"]*("[^"]*"[^>"]*)*\sonerror=/i);
    });
  }

  it('a line break in a value starts no new field of a server-sent message', () => {
    const message = renderSseMessage(<CodeBlock label="x" text={'a\r\nevent: ended\rid: 1\ndata: b'} />);
    const lines = message.trimEnd().split(/\r\n|\r|\n/);
    assert.ok(lines.every((line) => line.startsWith('data: ')));
  });
});

describe('Pages fit the strict Content-Security-Policy', () => {
  for (const { name, html } of gallery) {
    it(name, () => {
      const text = html();
      assert.doesNotMatch(text, /\sstyle=/i, 'no style attribute');
      assert.doesNotMatch(text, /<style/i, 'no style element');
      assert.doesNotMatch(text, /<script(?![^>]*\ssrc="\/assets\/)/i, 'every script is a file of ours');
      assert.doesNotMatch(text, /\son[a-z]+=|hx-on|js:/i, 'no inline handler, nothing htmx would evaluate');
      assert.doesNotMatch(text, /<(?!a\s)[^>]*\s(src|href)="(https?:)?\/\//i, 'nothing from elsewhere');
    });
  }
});
