import { BusinessSignInPage } from '../../../templates/client/identity/business-sign-in.tsx';
import type { PageSample } from '../gallery.tsx';
import { viewRecord } from '../admin/views.samples.tsx';
import { ago, clientFrame } from '../sample.ts';
import { SupportAccessPage, SupportViewPage } from '../../../templates/client/identity/support-access.tsx';
import { TenantSecurityPage } from '../../../templates/client/identity/security.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

const rows = Array.from({ length: 50 }, (_, at) => ({
  id: `imp_${at}`,
  state: at === 0 ? ('open' as const) : ('ended' as const),
  personName: 'Lucía Rivera',
  adminName: 'Ana Torres',
  reason: 'The owner asked on the phone why an invitation did not arrive.',
  startedAt: ago(at * 300),
}));
const frame = clientFrame('/app/support-access');

export const samples: readonly PageSample[] = [
  {
    name: 'support-access',
    html: () =>
      renderPage(<SupportAccessPage frame={frame} isOn isOffAbove={false} rows={rows} nextCursor="c2" />),
  },
  {
    name: 'support-access-off',
    html: () =>
      renderPage(<SupportAccessPage frame={frame} isOn={false} isOffAbove rows={[]} nextCursor={null} />),
  },
  { name: 'support-view', html: () => renderPage(<SupportViewPage frame={frame} record={viewRecord(12)} />) },
  {
    name: 'support-view-pending',
    html: () => renderPage(<SupportViewPage frame={frame} record={viewRecord(1, { certificate: null })} />),
  },
  ...[true, false].map((isRequired) => ({
    name: isRequired ? 'tenant-security-required' : 'tenant-security',
    html: () =>
      renderPage(
        <TenantSecurityPage
          frame={clientFrame('/app/security')}
          isRequired={isRequired}
          people={4}
          without={isRequired ? 3 : 0}
        />,
      ),
  })),
  ...(['some', 'none', 'refused'] as const).map((what) => ({
    name: `business-sign-in-${what}`,
    html: () =>
      renderPage(
        <BusinessSignInPage
          frame={clientFrame('/app/sign-in')}
          offered={what === 'none' ? [] : [{ key: 'google', title: 'Google' }]}
          chosen={{ providers: what === 'none' ? [] : ['google', 'acme'], providersOnly: what === 'some' }}
          {...(what === 'refused' && {
            form: {
              values: { providersOnly: 'true' },
              errors: { providers: 'Choose at least one provider that is available.' },
            },
          })}
        />,
      ),
  })),
];
