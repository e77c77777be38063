import { openCase } from '../../../db/domain/billing/dunning/plan.ts';
import { previewDunning } from '../../../db/domain/billing/dunning/preview.ts';
import { CasesPage, type CaseRow } from '../../../templates/admin/billing/dunning/cases.tsx';
import { PoliciesPage, PolicyPage } from '../../../templates/admin/billing/dunning/policies.tsx';
import {
  TenantDunning,
  type TenantDunningProps,
} from '../../../templates/admin/billing/dunning/tenant-dunning.tsx';
import { TenantPage } from '../../../templates/admin/tenants/tenant.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import { standardPolicy } from '../../support/dunning.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';
import { idOf, pick, rows, tenantAt } from './rows.ts';
import { sampleTenant } from './tenants.samples.tsx';

const caseRows = (count: number, ended: boolean): CaseRow[] =>
  rows(count, (index) => ({
    id: idOf('dun', index),
    tenant: tenantAt(index),
    invoice: `BIZ-2026-${String(900 - index).padStart(6, '0')}`,
    due: { amountMinor: pick([1900, 4900, 129_000], index), currency: pick(['EUR', 'USD'], index) },
    cause: pick(['insufficientFunds', 'stolenCard', 'authenticationNeeded', 'gatewayDown'] as const, index),
    access: pick(['full', 'restricted', 'suspended'] as const, index),
    startedAt: ago(index * days),
    next: ended
      ? null
      : { kind: pick(['retry', 'mail', 'restrict', 'cancel'] as const, index), at: ago(-index * days) },
    outcome: ended ? pick(['paid', 'cancelled', 'voided'] as const, index) : null,
    asPreviewed: ended ? index % 2 === 0 : null,
    difference: ended && index % 2 === 1 ? pick(['newCard', 'paidElsewhere', 'late'] as const, index) : null,
  }));

const startMs = Date.now();
const start = openCase(standardPolicy, {
  ...{ timezone: 'Europe/Madrid', atMs: startMs, declineClass: 'insufficientFunds', cardId: null },
});
const scenarios = previewDunning(standardPolicy, start);
const shown = {
  key: 'standard',
  title: 'Standard',
  version: 3,
  createdAt: ago(40 * days),
  policy: standardPolicy,
};
const policyFrame = adminFrame('/admin/dunning/policies/standard');
const tenantFrame = adminFrame('/admin/tenants/ten_01h8x2');

const onTenant = (changes: Partial<TenantDunningProps>) =>
  renderPage(
    <TenantPage
      frame={tenantFrame}
      tenant={sampleTenant}
      needs={[]}
      tabs={[{ key: 'dunning', title: 'Dunning' }]}
      tab="dunning"
      panels={[
        TenantDunning({
          ...{ frame: tenantFrame, tenant: { id: 'ten_01h8x2', name: 'Rivera Bakery' }, own: null },
          policy: shown,
          policies: [shown, { key: 'patient', title: 'Patient' }],
          ...{ open: [], ended: [], coming: null },
          ...changes,
        }),
      ]}
    />,
  );
const [row] = caseRows(1, false);
const open = row && {
  ...{ ...row, invoiceId: 'inv_1', tries: 2, scenarios, startMs },
  done: scenarios[0]?.steps.slice(0, 3) ?? [],
};

export const samples: readonly PageSample[] = [
  {
    name: 'dunning',
    html: () =>
      renderPage(
        <CasesPage
          frame={adminFrame('/admin/dunning')}
          rows={caseRows(50, false)}
          ended={false}
          query={{}}
          nextCursor="c2"
        />,
      ),
  },
  {
    name: 'dunning-ended',
    html: () =>
      renderPage(
        <CasesPage
          frame={adminFrame('/admin/dunning')}
          rows={caseRows(20, true)}
          ended
          query={{ state: 'ended' }}
          nextCursor={null}
        />,
      ),
  },
  {
    name: 'dunning-empty',
    html: () =>
      renderPage(
        <CasesPage
          frame={adminFrame('/admin/dunning')}
          rows={[]}
          ended={false}
          query={{}}
          nextCursor={null}
        />,
      ),
  },
  {
    name: 'dunning-policies',
    html: () => renderPage(<PoliciesPage frame={adminFrame('/admin/dunning/policies')} policies={[shown]} />),
  },
  {
    name: 'dunning-policy',
    html: () =>
      renderPage(
        <PolicyPage
          frame={policyFrame}
          shown={shown}
          declineClass="insufficientFunds"
          scenarios={scenarios}
          startMs={startMs}
        />,
      ),
  },
  {
    name: 'dunning-policy-refused',
    html: () =>
      renderPage(
        <PolicyPage
          frame={policyFrame}
          shown={shown}
          declineClass="stolenCard"
          scenarios={scenarios.slice(0, 1)}
          startMs={startMs}
          state={{
            values: { title: '', 'retriesByClass.insufficientFunds': '5, 2', maxTries: '0' },
            errors: {
              title: 'Fill this in.',
              'retriesByClass.insufficientFunds': 'In ascending order.',
              maxTries: 'At least 1.',
            },
          }}
        />,
      ),
  },
  { name: 'tenant-dunning', html: () => onTenant({ open: open ? [open] : [], ended: caseRows(3, true) }) },
  {
    name: 'tenant-dunning-coming',
    html: () => onTenant({ coming: { at: ago(-9 * days), scenarios, startMs } }),
  },
  { name: 'tenant-dunning-none', html: () => onTenant({ policy: null }) },
];
