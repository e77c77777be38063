import type { PageSample } from '../gallery.tsx';
import { publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { AcceptInvitePage } from '../../../templates/public/people/accept-invite.tsx';

export const samples: readonly PageSample[] = [
  {
    name: 'accept-invite',
    html: () =>
      renderPage(
        <AcceptInvitePage
          frame={publicFrame('/invitations/accept')}
          invitation={{
            token: 'tok_1',
            businessName: 'Rivera Bakery',
            inviterName: 'Lucía Rivera',
            email: 'marco@rivera.example',
            roleTitle: 'Member',
          }}
        />,
      ),
  },
  {
    name: 'accept-invite-ended',
    html: () => renderPage(<AcceptInvitePage frame={publicFrame('/invitations/accept')} invitation={null} />),
  },
];
