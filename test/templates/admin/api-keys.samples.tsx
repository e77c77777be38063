import { AddressListPage } from '../../../templates/admin/identity/address-list.tsx';
import { AdminKeysPage, type OverseenRow } from '../../../templates/admin/identity/api-keys.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';

const frame = adminFrame('/admin/api-keys');
const row: OverseenRow = {
  id: 'key_1',
  tenantId: 'ten_1',
  tenantName: 'Rivera Bakery',
  kind: 'tenant',
  name: 'Nightly export',
  owner: null,
  scopes: ['team.read', 'billing.read'],
  networks: [],
  last4: 'x7Qz',
  state: 'active',
  expiresAt: null,
  createdAt: ago(30 * days),
  lastUsedAt: ago(3),
  lastUsedIp: '203.0.113.7',
};
const revoked: OverseenRow = { ...row, id: 'key_2', tenantName: null, state: 'revoked', lastUsedAt: null };
const page = { frame, nextCursor: null, query: {} };

export const samples: readonly PageSample[] = [
  {
    name: 'admin-api-keys',
    html: () => renderPage(<AdminKeysPage {...page} rows={[row, revoked]} total={2} />),
  },
  { name: 'admin-api-keys-empty', html: () => renderPage(<AdminKeysPage {...page} rows={[]} total={0} />) },
  {
    name: 'admin-api-keys-refused',
    html: () =>
      renderPage(
        <AdminKeysPage
          {...page}
          rows={[row]}
          refused={{
            id: 'key_1',
            form: { values: { reason: 'no' }, errors: { reason: 'At least 10 characters.' } },
          }}
        />,
      ),
  },
  {
    name: 'address-list',
    html: () =>
      renderPage(
        <AddressListPage
          frame={adminFrame('/admin/address-list')}
          networks={['203.0.113.0/24']}
          ownAddress="203.0.113.9"
          form={{ values: { networks: '10.1' }, errors: { networks: '“10.1” is no address or network.' } }}
        />,
      ),
  },
];
