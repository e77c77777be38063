import { adminFrame, ago, clientFrame } from '../sample.ts';
import type { PageSample } from '../gallery.tsx';
import { ViewAsPage } from '../../../templates/admin/identity/view-as.tsx';
import { ViewPage, ViewsPage } from '../../../templates/admin/identity/views.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { ViewRecord } from '../../../templates/ui/view-certificate.tsx';
import { TeamPage } from '../../../templates/client/people/team.tsx';

/** A view that has ended, with `count` pages read. */
export const viewRecord = (count: number, changes: Partial<ViewRecord> = {}): ViewRecord => ({
  id: 'imp_01abcdefghjkmnpqrstvwxyz01',
  personName: 'Lucía Rivera',
  adminName: 'Ana Torres',
  tenantName: 'Rivera Bakery',
  reason: 'The owner asked on the phone why an invitation did not arrive.',
  ticket: 'HELP-204',
  mode: 'Look only',
  startedAt: ago(40),
  openedAt: ago(40),
  expiresAt: ago(25),
  endedAt: ago(31),
  end: 'Ended by the administrator who viewed',
  endedBy: 'Ana Torres',
  read: Array.from({ length: count }, (_, at) => ({
    at: ago(39 - at / 60),
    action: 'impersonation.page-viewed',
    outcome: 'success',
    about: 'GET /app/integrations/:server',
    details: 'server: stripe',
  })),
  actions: [
    {
      at: ago(35),
      action: 'permission.refused',
      outcome: 'denied',
      about: 'POST /api/client/team/invitations',
      details: 'permission: team.invite',
    },
  ],
  certificate: { keyId: '4f0c2d9a7be13586', isGenuine: true, issuedAt: ago(31) },
  ...changes,
});

const viewAs = {
  frame: adminFrame('/admin/people/usr_1/view-as'),
  person: { id: 'usr_1', name: 'Lucía Rivera', email: 'lucia@rivera.example' },
  requestKey: 'k',
};

const rowOf = (id: number, state: 'open' | 'ended') => ({
  id: `imp_${id}`,
  state,
  personName: 'Lucía Rivera',
  adminName: 'Ana Torres',
  tenantName: 'Rivera Bakery',
  reason: 'The owner asked on the phone why an invitation did not arrive.',
  end: state === 'open' ? null : 'Time was up',
  startedAt: ago(id * 50),
});

export const samples: readonly PageSample[] = [
  {
    name: 'view-as',
    html: () =>
      renderPage(
        <ViewAsPage {...viewAs} tenants={[{ id: 'ten_1', name: 'Rivera Bakery', roleTitle: 'Owner' }]} />,
      ),
  },
  {
    name: 'view-as-refused',
    html: () =>
      renderPage(
        <ViewAsPage
          {...viewAs}
          tenants={[
            { id: 'ten_1', name: 'Rivera Bakery', roleTitle: 'Owner' },
            { id: 'ten_2', name: 'N'.repeat(80), roleTitle: 'Member' },
          ]}
          form={{
            values: { reason: 'short', mode: 'change' },
            errors: { reason: 'At least 10 characters.' },
          }}
        />,
      ),
  },
  {
    name: 'views',
    html: () =>
      renderPage(
        <ViewsPage
          frame={adminFrame('/admin/views')}
          rows={Array.from({ length: 50 }, (_, at) => rowOf(at, at < 2 ? 'open' : 'ended'))}
          query={{ state: 'ended' }}
          admins={[{ value: 'usr_1', label: 'Ana Torres' }]}
          nextCursor="c2"
        />,
      ),
  },
  {
    name: 'views-empty',
    html: () =>
      renderPage(
        <ViewsPage frame={adminFrame('/admin/views')} rows={[]} query={{}} admins={[]} nextCursor={null} />,
      ),
  },
  {
    name: 'view-ended',
    html: () =>
      renderPage(
        <ViewPage frame={adminFrame('/admin/views/imp_1')} record={viewRecord(240)} personId="usr_1" />,
      ),
  },
  {
    name: 'view-altered',
    html: () =>
      renderPage(
        <ViewPage
          frame={adminFrame('/admin/views/imp_1')}
          record={viewRecord(0, {
            actions: [],
            certificate: { keyId: '4f0c2d9a7be13586', isGenuine: false, issuedAt: ago(31) },
          })}
          personId="usr_1"
        />,
      ),
  },
  {
    name: 'view-open',
    html: () =>
      renderPage(
        <ViewPage
          frame={adminFrame('/admin/views/imp_1')}
          record={viewRecord(3, {
            endedAt: null,
            end: null,
            endedBy: null,
            certificate: null,
            expiresAt: ago(-9),
          })}
          personId="usr_1"
          refused={{ values: {}, errors: { reason: 'At least 10 characters.' } }}
        />,
      ),
  },
  {
    name: 'view-banner',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team', {
            view: { adminName: 'Ana Torres', mode: 'change', expiresAt: ago(-12) },
          })}
          members={[]}
          invitations={[]}
          mayInvite={false}
          mayManage={false}
          mayChangeRoles={false}
          requestKey="k"
        />,
      ),
  },
];
