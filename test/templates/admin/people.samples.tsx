import { idOf, people, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { PeoplePage } from '../../../templates/admin/people/people.tsx';
import { Activity } from '../../../templates/admin/people/activity.tsx';
import { MembershipPage } from '../../../templates/admin/people/membership.tsx';
import { Memberships } from '../../../templates/admin/people/memberships.tsx';
import { PersonPage, type PersonPageProps } from '../../../templates/admin/people/person.tsx';
import { Security } from '../../../templates/admin/people/security.tsx';
import type { PersonRow } from '../../../templates/admin/people/people.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const personRows = (count: number): PersonRow[] =>
  rows(count, (index) => ({
    id: idOf('usr', index),
    name: pick(people, index),
    email: `person${index}@${pick(['rivera', 'brandt', 'laurent'], index)}.example`,
    roleTitle: index % 13 === 12 ? null : pick(['Owner', 'Member', 'Bookkeeper (Admin)'], index),
    tenant: index % 11 === 10 ? null : tenantAt(index),
    isPlatform: index % 11 === 10,
    moreTenants: index % 6 === 5 ? 2 : 0,
    status: pick(['active', 'active', 'unconfirmed', 'active', 'suspended'] as const, index),
    hasSecondFactor: index % 3 === 0,
    lastSeenAt: index % 5 === 2 ? null : ago(index * 130),
    picture: null,
  }));

const head = {
  id: 'usr_01abcdefghjkmnpqrstvwxyz01',
  name: 'Lucía Rivera',
  email: 'lucia@rivera.example',
  status: 'unconfirmed' as const,
  isSuspended: false,
  role: 'client' as const,
  roleTitle: 'Client',
  partnerId: null,
  partner: null,
  hasTenants: true,
  createdAt: ago(90_000),
  lastSignInAt: ago(130),
  lastSeenAt: ago(12),
};
const personPage = (change: Partial<PersonPageProps>): PersonPageProps => ({
  frame: adminFrame('/admin/people/usr_1'),
  person: head,
  tabs: [
    { key: 'memberships', title: 'Memberships' },
    { key: 'activity', title: 'Activity' },
    { key: 'security', title: 'Security' },
  ],
  tab: 'memberships',
  panel: (
    <Memberships
      userId={head.id}
      mayManage
      memberships={[
        {
          ...{ tenantId: 'ten_1', tenantName: 'Rivera Bakery', roleTitle: 'Owner' },
          ...{ status: 'active', off: ['AI agents', 'Billing'] },
        },
        {
          ...{ tenantId: 'ten_2', tenantName: 'Brandt & Sons', roleTitle: 'Bookkeeper (Admin)' },
          ...{ status: 'suspended', off: [] },
        },
      ]}
    />
  ),
  mayHelp: true,
  mayManage: true,
  mayViewAs: true,
  partners: [{ value: 'par_1', label: 'Northwind Partners' }],
  requestKey: 'k',
  ...change,
});
const activity = (
  <Activity
    userId={head.id}
    items={[
      { at: ago(130), action: 'session.opened', outcome: 'success', text: 'Rivera Bakery' },
      { at: ago(140), action: 'session.refused', outcome: 'failure', text: 'Rivera Bakery' },
      { at: ago(150), action: 'membership.role-changed', outcome: 'success', text: 'by Alex · As Admin' },
    ]}
    query={{ tab: 'activity', action: 'session.opened' }}
    nextCursor="c2"
  />
);
export const samples: readonly PageSample[] = [
  {
    name: 'people',
    html: () =>
      renderPage(
        <PeoplePage
          frame={adminFrame('/admin/people')}
          rows={personRows(50)}
          query={{ role: 'owner' }}
          tenantName={null}
          nextCursor="c2"
          views={[{ id: 'vie_1', name: 'Owners', query: 'role=owner' }]}
          mayChange
        />,
      ),
  },
  {
    name: 'people-long',
    html: () =>
      renderPage(
        <PeoplePage
          frame={adminFrame('/admin/people', {
            banners: [
              {
                kind: 'info',
                text: `Everything stands still until ${'very-long-word-'.repeat(6)}is over.`,
                action: { title: 'See what stands still', href: '/admin/freeze' },
              },
            ],
          })}
          rows={personRows(6).map((row, index) =>
            index === 2
              ? { ...row, name: 'N'.repeat(90), email: `${'e'.repeat(60)}@${'domain'.repeat(8)}.example` }
              : row,
          )}
          query={{}}
          tenantName={null}
          nextCursor={null}
          views={[]}
          mayChange={false}
        />,
      ),
  },
  { name: 'person', html: () => renderPage(<PersonPage {...personPage({})} />) },
  {
    name: 'person-refused',
    html: () =>
      renderPage(
        <PersonPage
          {...personPage({
            refused: {
              action: 'suspend',
              form: { values: {}, errors: { reason: 'At least 10 characters.' } },
            },
          })}
        />,
      ),
  },
  {
    name: 'person-activity',
    html: () => renderPage(<PersonPage {...personPage({ tab: 'activity', panel: activity })} />),
  },
  {
    name: 'person-security',
    html: () =>
      renderPage(
        <PersonPage
          {...personPage({
            tab: 'security',
            panel: (
              <Security
                sessionsHref="/admin/people/usr_1/sessions"
                hasSecondFactor={false}
                removal={null}
                isSuspended
                isPlatform
                emailVerifiedAt={null}
                lastSignInAt={ago(130)}
                lastSeenAt={null}
              />
            ),
          })}
        />,
      ),
  },
  {
    name: 'person-security-removal-refused',
    html: () =>
      renderPage(
        <PersonPage
          {...personPage({
            tab: 'security',
            panel: (
              <Security
                sessionsHref="/admin/people/usr_1/sessions"
                hasSecondFactor
                removal={{
                  frame: adminFrame('/admin/people/usr_1'),
                  userId: 'usr_1',
                  name: head.name,
                  state: { values: { reason: 'lost' }, errors: { reason: 'At least 10 characters.' } },
                }}
                isSuspended={false}
                isPlatform={false}
                emailVerifiedAt={ago(900)}
                lastSignInAt={ago(130)}
                lastSeenAt={ago(2)}
              />
            ),
          })}
        />,
      ),
  },
  {
    name: 'membership',
    html: () =>
      renderPage(
        <MembershipPage
          frame={adminFrame('/admin/people/usr_1')}
          person={head}
          membership={{
            ...{ tenantId: 'ten_1', tenantName: 'Rivera Bakery', role: 'admin', customRoleId: 'crl_1' },
            ...{ customRole: 'Bookkeeper', status: 'active', featuresOff: ['ai'] },
          }}
          customRoles={[{ id: 'crl_1', name: 'Bookkeeper', baseRole: 'admin' }]}
          heirs={[{ value: 'usr_2', label: 'Marco Ruiz' }]}
        />,
      ),
  },
];
