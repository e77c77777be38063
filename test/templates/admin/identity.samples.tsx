import { PersonSessionsPage } from '../../../templates/admin/identity/person-sessions.tsx';
import { PlatformSecurityPage } from '../../../templates/admin/identity/security.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';

const session = {
  id: 'ses_01abcdefghjkmnpqrstvwxyz01',
  device: 'Chrome on macOS',
  ip: '203.0.113.7',
  startedAt: ago(90),
  lastSeenAt: ago(2),
  secondFactor: true,
  tenantName: 'Rivera Bakery',
  viewedBy: null,
  endedAt: null,
  ended: null,
  endedBy: null,
};
const person = { id: 'usr_01abcdefghjkmnpqrstvwxyz01', name: 'Lucía Rivera' };
const requestKey = '0b1f6f7e-3a54-4b1c-9f0e-2f7d1c9a8b7c';

export const samples: readonly PageSample[] = [
  {
    name: 'person-sessions',
    html: () =>
      renderPage(
        <PersonSessionsPage
          frame={adminFrame('/admin/people/usr_01/sessions')}
          person={person}
          ownSessionId="ses_own"
          requestKey={requestKey}
          sessions={[
            session,
            {
              ...session,
              id: 'ses_2',
              device: 'Safari on iPhone',
              secondFactor: false,
              viewedBy: 'Alex Admin',
            },
            {
              ...session,
              id: 'ses_3',
              endedAt: ago(30),
              ended: 'Ended by an administrator',
              endedBy: 'Alex Admin',
            },
          ]}
        />,
      ),
  },
  {
    name: 'person-sessions-empty',
    html: () =>
      renderPage(
        <PersonSessionsPage
          frame={adminFrame('/admin/people/usr_01/sessions')}
          person={person}
          ownSessionId="ses_own"
          requestKey={requestKey}
          sessions={[]}
        />,
      ),
  },
  {
    name: 'person-sessions-refused',
    html: () =>
      renderPage(
        <PersonSessionsPage
          frame={adminFrame('/admin/people/usr_01/sessions')}
          person={person}
          ownSessionId="ses_own"
          requestKey={requestKey}
          sessions={[session]}
          refused={{
            action: 'revoke',
            form: {
              values: { sessionId: session.id, reason: 'no' },
              errors: { reason: 'At least 10 characters.' },
            },
          }}
        />,
      ),
  },
  {
    name: 'platform-security',
    html: () =>
      renderPage(
        <PlatformSecurityPage
          frame={adminFrame('/admin/security')}
          isRequired={false}
          people={1}
          without={1}
        />,
      ),
  },
];
