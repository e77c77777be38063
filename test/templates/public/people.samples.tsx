import type { PageSample } from '../gallery.tsx';
import { clientFrame, publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { BusinessesPage } from '../../../templates/public/people/businesses.tsx';
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
            joining: 'newAccount',
          }}
        />,
      ),
  },
  ...(['password', 'signedIn', 'otherAccount', 'platformAccount'] as const).map((joining) => ({
    name: `accept-invite-${joining}`,
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
            joining,
          }}
        />,
      ),
  })),
  {
    name: 'businesses',
    html: () =>
      renderPage(
        <BusinessesPage
          frame={clientFrame('/businesses')}
          businesses={[
            { id: 't1', name: 'Rivera Bakery', role: 'owner', current: true },
            { id: 't2', name: 'Brandt & Söhne', role: 'member', current: false },
          ]}
        />,
      ),
  },
  {
    name: 'accept-invite-ended',
    html: () => renderPage(<AcceptInvitePage frame={publicFrame('/invitations/accept')} invitation={null} />),
  },
];
