import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, hours } from '../sample.ts';
import { retentionRules } from '../../../db/domain/audit/retention.ts';
import { AuditPage } from '../../../templates/admin/audit/audit.tsx';
import type { AuditRow } from '../../../templates/admin/audit/audit.tsx';
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
