import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days, hours } from '../sample.ts';
import { InvitationLinkPage } from '../../../templates/client/people/invitation-link.tsx';
import { MemberPage } from '../../../templates/client/people/member.tsx';
import { TeamPage } from '../../../templates/client/people/team.tsx';
import { RolePage, type RoleRow, RolesPage } from '../../../templates/shared/custom-roles.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

const rolesPlace = {
  frame: clientFrame('/app/team/roles'),
  business: 'Rivera Bakery',
  path: '/app/team/roles',
  crumbs: [{ title: 'Team', href: '/app/team' }],
};
const bookkeeper: RoleRow = {
  id: 'crl_1',
  name: 'Bookkeeper',
  baseRole: 'admin',
  permissions: ['account.edit', 'account.secure', 'billing.read', 'workspace.read'],
  people: [{ id: 'u2', name: 'Marco Ruiz' }],
};

export const samples: readonly PageSample[] = [
  {
    name: 'team',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team')}
          mayInvite
          mayManage
          mayChangeRoles
          requestKey="k"
          members={[
            {
              id: 'u1',
              name: 'Lucía Rivera',
              email: 'lucia@rivera.example',
              role: 'owner',
              customRole: null,
              status: 'active',
              joinedAt: ago(40 * days),
              picture: null,
              jobTitle: null,
            },
            {
              id: 'u2',
              name: 'Marco Ruiz',
              email: 'marco@rivera.example',
              role: 'member',
              customRole: 'Bookkeeper',
              status: 'active',
              joinedAt: ago(9 * days),
              picture: null,
              jobTitle: null,
            },
          ]}
          invitations={[
            {
              id: 'i1',
              name: 'Sofía León',
              email: 'sofia@rivera.example',
              role: 'admin',
              invitedBy: 'Lucía Rivera',
              sentAt: ago(5 * hours),
              expiresAt: ago(-7 * days),
            },
          ]}
        />,
      ),
  },
  {
    name: 'team-member',
    html: () =>
      renderPage(
        <MemberPage
          frame={clientFrame('/app/team/members/u2')}
          business="Rivera Bakery"
          member={{
            id: 'u2',
            name: 'Marco Ruiz',
            email: 'marco@rivera.example',
            role: 'member',
            customRole: 'Bookkeeper',
            status: 'active',
            joinedAt: ago(9 * days),
            picture: null,
            jobTitle: null,
          }}
          access={{ isSuspended: false, customRoleId: 'crl_1', featuresOff: ['ai'] }}
          customRoles={[{ id: 'crl_1', name: 'Bookkeeper', baseRole: 'member' }]}
          isBelow
          own={false}
          viewerIsOwner
          heirs={[{ id: 'usr_1', name: 'Lucía Rivera' }]}
          requestKey="k"
          refused={{
            action: 'transfer',
            form: {
              values: { confirm: 'Rivera' },
              errors: { confirm: 'Type Rivera Bakery exactly as shown.' },
            },
          }}
        />,
      ),
  },
  {
    name: 'team-invitation-link',
    html: () =>
      renderPage(
        <InvitationLinkPage
          frame={clientFrame('/app/team')}
          email="sofia@rivera.example"
          link="https://portal.example/invitations/accept?token=0123456789abcdef0123456789abcdef0123456789a"
        />,
      ),
  },
  {
    name: 'team-invite-refused',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team')}
          mayInvite
          mayManage
          mayChangeRoles
          requestKey="k"
          members={[]}
          invitations={[]}
          form={{
            values: { email: 'marco@' },
            errors: { email: 'Enter an email address such as name@example.com.' },
          }}
        />,
      ),
  },
  {
    name: 'team-roles',
    html: () => renderPage(<RolesPage {...rolesPlace} roles={[bookkeeper]} />),
  },
  {
    name: 'team-roles-empty',
    html: () => renderPage(<RolesPage {...rolesPlace} roles={[]} />),
  },
  {
    name: 'team-role',
    html: () => renderPage(<RolePage {...rolesPlace} role={bookkeeper} />),
  },
  {
    name: 'team-role-refused',
    html: () =>
      renderPage(
        <RolePage
          {...rolesPlace}
          role={null}
          form={{ values: { name: '' }, errors: { name: 'Fill this in.' } }}
        />,
      ),
  },
];
