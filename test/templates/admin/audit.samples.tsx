import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, hours } from '../sample.ts';
import { retentionRules } from '../../../db/domain/audit/retention.ts';
import { AuditPage } from '../../../templates/admin/audit/audit.tsx';
import type { AuditRow } from '../../../templates/admin/audit/audit.tsx';
import { AccessLogPage } from '../../../templates/admin/audit/access-log.tsx';
import type { AccessRow } from '../../../templates/ui/access-table.tsx';
import { RetentionPage } from '../../../templates/admin/audit/retention.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import { paths } from '../../../templates/paths.ts';

export const auditRows = (count: number): AuditRow[] =>
  rows(count, (index) => ({
    id: idOf('evt', index),
    at: ago(index * 33),
    actor: pick(['Ana Torres', 'Lucía Rivera', 'Onboarding of Rivera Bakery'], index),
    actorHref: index % 3 === 2 ? null : paths.person(idOf('usr', index)),
    impersonator: index % 17 === 5 ? 'Ana Torres' : undefined,
    action: pick(
      [
        'session.opened',
        'onboarding.step-completed',
        'run.step-retried',
        'permission.refused',
        'mail.sent',
      ] as const,
      index,
    ),
    tenant: index % 5 === 0 ? null : tenantAt(index),
    target: pick(['Lucía Rivera', 'Step: Website', 'Onboarding of Rivera Bakery'], index),
    targetHref: index % 3 === 0 ? paths.person(idOf('usr', index)) : null,
    outcome: index % 5 === 3 ? 'denied' : 'success',
    details: [
      { label: 'Reason', value: 'The provider is back, as its status page says.' },
      { label: 'From', value: '203.0.113.7, Chrome on Linux' },
      { label: 'Request', value: 'req_8f3k2m1p' },
    ],
  }));

export const accessRows = (count: number): AccessRow[] =>
  rows(count, (index) => ({
    id: idOf('evt', index),
    at: ago(index * 33),
    kind: pick(['signIn', 'refused', 'administration'] as const, index),
    action: pick(['session.opened', 'session.refused', 'membership.role-changed'] as const, index),
    person: pick(['Lucía Rivera', 'w…@nowhere.example', 'Marco Ruiz'], index),
    by: index % 3 === 2 ? 'Lucía Rivera' : null,
    subject: index % 3 === 2 ? 'As admin' : null,
    tenantName: index % 5 === 0 ? null : 'Rivera Bakery',
    ip: index % 7 === 0 ? null : pick(['203.0.113.7', '2001:db8:85a3:8d3:1319:8a2e:370:7348'], index),
    device: pick(['Chrome on macOS', 'Samsung Internet on Android', 'Unknown device'], index),
    outcome: pick(['success', 'failure', 'denied'] as const, index),
  }));

export const samples: readonly PageSample[] = [
  {
    name: 'audit',
    html: () =>
      renderPage(
        <AuditPage
          frame={adminFrame('/admin/audit')}
          rows={auditRows(50)}
          query={{ from: '2026-11-01' }}
          tenants={[{ value: 'ten_1', label: 'Rivera Bakery' }]}
          nextCursor="c2"
          mayVerify
          maySeeRetention
          seal={{
            last: { number: 20_418, sealedAt: ago(1) },
            waiting: 12,
            overdue: true,
            changed: 1,
            keyId: '3f9a0c1d2e4b5a69',
          }}
          checks={[
            { name: 'The platform itself', entries: 20_418, intact: true, checkedAt: ago(1) },
            {
              name: 'Rivera Bakery',
              entries: 312,
              intact: false,
              problem: 'Entry 118 was changed',
              checkedAt: ago(1),
            },
          ]}
        />,
      ),
  },
  {
    name: 'access-log',
    html: () =>
      renderPage(
        <AccessLogPage
          frame={adminFrame(paths.accessLog)}
          rows={accessRows(50)}
          query={{ kind: 'signIn' }}
          tenants={[{ value: 'ten_1', label: 'Rivera Bakery' }]}
          nextCursor="c2"
        />,
      ),
  },
  {
    name: 'access-log-no-match',
    html: () =>
      renderPage(
        <AccessLogPage
          frame={adminFrame(paths.accessLog)}
          rows={[]}
          query={{ person: 'unknown' }}
          tenants={[]}
          nextCursor={null}
        />,
      ),
  },
  {
    name: 'retention',
    html: () =>
      renderPage(
        <RetentionPage
          frame={adminFrame(paths.retention)}
          rules={retentionRules.map((rule, index) => ({
            ...rule,
            removed: index * 1_310,
            failed: index === 3,
          }))}
          purgeRuns={[
            { startedAt: ago(1 * hours), endedAt: null, removed: 0, failed: [] },
            {
              startedAt: ago(26 * hours),
              endedAt: ago(25 * hours),
              removed: 20_418,
              failed: ['Closed approvals'],
            },
            { startedAt: ago(50 * hours), endedAt: ago(49 * hours), removed: 0, failed: [] },
          ]}
          nextAt={ago(-12 * hours)}
          runId="0190f5e3-0000-7000-8000-000000000001"
        />,
      ),
  },
  {
    name: 'retention-new',
    html: () =>
      renderPage(
        <RetentionPage
          frame={adminFrame(paths.retention)}
          rules={retentionRules.map((rule) => ({ ...rule, removed: null, failed: false }))}
          purgeRuns={[]}
          nextAt={ago(-12 * hours)}
          runId={null}
        />,
      ),
  },
];
