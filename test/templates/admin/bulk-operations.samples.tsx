import { BulkListPage, type BulkRow } from '../../../templates/admin/runs/bulk/list.tsx';
import { BulkPreviewPage, type BulkPreviewProps } from '../../../templates/admin/runs/bulk/new.tsx';
import { BulkOperationPage, type BulkOperationProps } from '../../../templates/admin/runs/bulk/operation.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { pick, rows } from './rows.ts';

const path = '/admin/bulk-operations';
const row = (change: Partial<BulkRow>): BulkRow => ({
  ...{ id: 'blk_1', operation: 'people.suspend', parameters: {}, state: 'running', total: 120 },
  ...{
    counts: { pending: 40, done: 70, skipped: 6, failed: 4 },
    startedBy: 'Alex Admin',
    startedAt: ago(12),
  },
  ...change,
});
const listed: readonly BulkRow[] = rows(50, (index) =>
  row({
    id: `blk_${index}`,
    operation: pick(['people.suspend', 'tenants.remind', 'runs.cancel', 'people.set-role'] as const, index),
    parameters: index % 4 === 3 ? { role: 'admin' } : {},
    state: pick(['running', 'paused', 'done', 'aborted', 'undone'] as const, index),
    startedBy: index === 4 ? null : 'Alex Admin',
  }),
);

const preview = (change: Partial<BulkPreviewProps>): BulkPreviewProps => ({
  ...{
    frame: adminFrame(`${path}/new`),
    operation: 'people.suspend',
    parameters: {},
    items: ['usr_1', 'usr_2'],
  },
  ...{ filter: undefined, tenantName: null, total: 12, affected: 10, requestKey: 'k' },
  offered: [
    'people.suspend',
    'people.reactivate',
    'people.set-role',
    'people.set-feature',
    'people.end-sessions',
  ],
  causes: [{ code: 'people.unchanged', count: 2 }],
  sample: rows(10, (index) => ({
    id: `usr_${index}`,
    name: index === 4 ? null : `Person ${index}`,
    leftOut: index > 7 ? 'people.unchanged' : null,
  })),
  ...change,
});

const operation = (
  change: Partial<BulkOperationProps>,
  of: Partial<BulkOperationProps['operation']> = {},
): BulkOperationProps => ({
  frame: adminFrame(`${path}/blk_1`),
  operation: {
    ...row({}),
    ...{ doing: 'apply', reason: 'Agreed in the weekly round', pacePerMinute: 60, filter: 'status: active' },
    ...of,
  },
  leftMs: 40_000,
  causes: [
    { state: 'skipped', code: 'people.unchanged', count: 6 },
    { state: 'failed', code: 'member.last-owner', count: 4 },
  ],
  ...{ actions: ['pause', 'abort'], isOrphaned: false, runHref: '/admin/workflows/0f6c' },
  items: {
    ...{ subject: 'people', path: `${path}/blk_1`, query: {}, nextCursor: 'c2' },
    rows: rows(50, (index) => ({
      id: `usr_${index}`,
      name: index === 3 ? null : `Person ${index}`,
      state: pick(
        ['done', 'done', 'failed', 'skipped', 'unknown', 'pending', 'undone', 'kept'] as const,
        index,
      ),
      code: pick([null, null, 'member.last-owner', 'people.unchanged', 'bulk.outcome-unknown', null], index),
      attempts: index % 3,
      changedAt: ago(3),
    })),
  },
  ...change,
});

const list = (listRows: readonly BulkRow[], query: Record<string, string> = {}) =>
  renderPage(
    <BulkListPage
      frame={adminFrame(path)}
      rows={listRows}
      query={query}
      nextCursor={listRows.length > 0 ? 'c2' : null}
      total={listRows.length}
    />,
  );

export const samples: readonly PageSample[] = [
  { name: 'bulk-operations', html: () => list(listed) },
  { name: 'bulk-operations-empty', html: () => list([]) },
  { name: 'bulk-operations-no-match', html: () => list([], { state: 'paused' }) },
  { name: 'bulk-preview', html: () => renderPage(<BulkPreviewPage {...preview({})} />) },
  {
    name: 'bulk-preview-filter',
    html: () =>
      renderPage(
        <BulkPreviewPage
          {...preview({
            ...{
              operation: 'people.set-feature',
              items: [],
              filter: 'status=active',
              tenantName: 'Rivera Bakery',
            },
            parameters: { feature: 'ai', switch: 'off', tenant: 'ten_1' },
            causes: [],
          })}
        />,
      ),
  },
  {
    name: 'bulk-preview-days',
    html: () =>
      renderPage(
        <BulkPreviewPage
          {...preview({
            ...{
              operation: 'tenants.extend',
              parameters: { days: 7 },
              offered: ['tenants.remind', 'tenants.extend'],
            },
            form: {
              values: { 'parameters.days': 'x' },
              errors: { 'parameters.days': 'Enter a number of days.' },
            },
          })}
        />,
      ),
  },
  {
    name: 'bulk-preview-none',
    html: () => renderPage(<BulkPreviewPage {...preview({ total: 2, affected: 0 })} />),
  },
  { name: 'bulk-operation', html: () => renderPage(<BulkOperationPage {...operation({})} />) },
  {
    name: 'bulk-operation-orphaned',
    html: () =>
      renderPage(
        <BulkOperationPage
          {...operation({ isOrphaned: true, actions: ['resume', 'abort'] }, { state: 'paused' })}
        />,
      ),
  },
  {
    name: 'bulk-operation-done',
    html: () =>
      renderPage(
        <BulkOperationPage
          {...operation(
            {
              actions: ['retry-failed', 'undo'],
              refused: {
                action: 'undo',
                state: { values: {}, errors: { reason: 'At least 10 characters.' } },
              },
            },
            { state: 'done', counts: { done: 110, skipped: 6, failed: 4 }, filter: null },
          )}
        />,
      ),
  },
];
