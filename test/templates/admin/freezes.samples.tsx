import { FreezePage } from '../../../templates/admin/tenants/freeze.tsx';
import { FreezePanel, type FreezePanelProps } from '../../../templates/admin/tenants/freeze-panel.tsx';
import { TenantPage } from '../../../templates/admin/tenants/tenant.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, hours } from '../sample.ts';
import { rows, tenantAt } from './rows.ts';
import { sampleTenant } from './tenants.samples.tsx';

const frame = adminFrame('/admin/freeze');
const running: FreezePanelProps['state'] = {
  frozen: false,
  reach: null,
  since: null,
  by: null,
  reason: null,
  stops: { openRuns: 214, mails: 12, heldMails: 0, connections: 87 },
};
const frozen: FreezePanelProps['state'] = {
  frozen: true,
  reach: 'platform',
  since: ago(2 * hours),
  by: 'Ada Lovelace',
  reason: 'Too many emails went out since this morning',
  stops: { openRuns: 214, mails: 40, heldMails: 38, connections: 87 },
};
const requestKey = '0b8b2c3e-5a0e-4a59-9c3d-6f1f4a1b2c3d';
const frozenTenants = rows(40, (index) => {
  const { id: tenantId, name: tenantName } = tenantAt(index);
  return {
    tenantId,
    tenantName,
    since: ago(index * hours),
    by: 'Ada Lovelace',
    reason: 'The account looks taken over',
  };
});
const tenantFrame = adminFrame('/admin/tenants/ten_01h8x2');
const onTenant = (panel: Omit<FreezePanelProps, 'frame' | 'tenant' | 'requestKey'>) =>
  renderPage(
    <TenantPage
      frame={tenantFrame}
      tenant={sampleTenant}
      needs={[]}
      tabs={[{ key: 'freeze', title: 'Freeze' }]}
      tab="freeze"
      panels={[
        FreezePanel({
          frame: tenantFrame,
          tenant: { id: 'ten_01h8x2', name: 'Rivera Bakery' },
          requestKey,
          ...panel,
        }),
      ]}
    />,
  );

export const samples: readonly PageSample[] = [
  {
    name: 'freeze',
    html: () => renderPage(<FreezePage {...{ frame, requestKey }} state={running} tenants={[]} />),
  },
  {
    name: 'freeze-frozen',
    html: () => renderPage(<FreezePage {...{ frame, requestKey }} state={frozen} tenants={frozenTenants} />),
  },
  {
    name: 'tenant-freeze',
    html: () => onTenant({ state: running }),
  },
  {
    name: 'tenant-freeze-by-platform',
    html: () => onTenant({ state: frozen }),
  },
  {
    name: 'tenant-thaw-refused',
    html: () =>
      onTenant({
        state: { ...frozen, reach: 'tenant' },
        refused: {
          action: 'thaw',
          state: {
            values: { reason: 'No', policy: 'skip', keepHours: '-1' },
            errors: { reason: 'At least 10 characters.', keepHours: 'At least 0.' },
          },
        },
      }),
  },
];
