import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days, hours } from '../sample.ts';
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
    name: 'team-invite-refused',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team')}
          mayInvite
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
