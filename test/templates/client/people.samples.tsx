import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days, hours } from '../sample.ts';
import { InvitationLinkPage } from '../../../templates/client/people/invitation-link.tsx';
import { MemberPage } from '../../../templates/client/people/member.tsx';
import { TeamPage } from '../../../templates/client/people/team.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const samples: readonly PageSample[] = [
  {
    name: 'team',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team')}
          mayInvite
          mayManage
          requestKey="k"
          members={[
            {
              id: 'u1',
              name: 'Lucía Rivera',
              email: 'lucia@rivera.example',
              role: 'owner',
              status: 'active',
              joinedAt: ago(40 * days),
            },
            {
              id: 'u2',
              name: 'Marco Ruiz',
              email: 'marco@rivera.example',
              role: 'member',
              status: 'active',
              joinedAt: ago(9 * days),
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
            status: 'active',
            joinedAt: ago(9 * days),
          }}
          own={false}
          viewerIsOwner
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
];
