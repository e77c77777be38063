import { idOf, people, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { PeoplePage } from '../../../templates/admin/people/people.tsx';
import { PersonPage } from '../../../templates/admin/people/person.tsx';
import type { PersonRow } from '../../../templates/admin/people/people.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const personRows = (count: number): PersonRow[] =>
  rows(count, (index) => ({
    id: idOf('usr', index),
    name: pick(people, index),
    email: `person${index}@${pick(['rivera', 'brandt', 'laurent'], index)}.example`,
    role: pick(['owner', 'member', 'admin'] as const, index),
    tenant: index % 11 === 10 ? null : tenantAt(index),
    status: pick(['active', 'active', 'unconfirmed', 'active', 'suspended'] as const, index),
    lastSignInAt: index % 5 === 2 ? null : ago(index * 130),
  }));

export const samples: readonly PageSample[] = [
  {
    name: 'people',
    html: () =>
      renderPage(
        <PeoplePage
          frame={adminFrame('/admin/people')}
          rows={personRows(50)}
          query={{ role: 'owner' }}
          nextCursor="c2"
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
                text: `Please confirm your address ${'a'.repeat(60)}@${'very-long-domain-'.repeat(3)}example.com: open the link in the mail we sent.`,
                action: { title: 'Send it again', post: '/verify-email/resend' },
              },
            ],
          })}
          rows={personRows(6).map((row, index) =>
            index === 2
              ? { ...row, name: 'N'.repeat(90), email: `${'e'.repeat(60)}@${'domain'.repeat(8)}.example` }
              : row,
          )}
          query={{}}
          nextCursor={null}
        />,
      ),
  },
  {
    name: 'person',
    html: () =>
      renderPage(
        <PersonPage
          frame={adminFrame('/admin/people/usr_1')}
          person={{
            id: 'usr_01abcdefghjkmnpqrstvwxyz01',
            name: 'Lucía Rivera',
            email: 'lucia@rivera.example',
            status: 'unconfirmed',
            platformRole: null,
            createdAt: ago(90_000),
            lastSignInAt: ago(130),
            memberships: [{ tenantId: 'ten_1', tenantName: 'Rivera Bakery', roleTitle: 'Owner' }],
          }}
          activity={{
            items: [
              { at: ago(130), action: 'session.opened', outcome: 'success', text: 'Rivera Bakery' },
              { at: ago(140), action: 'session.refused', outcome: 'failure', text: 'Rivera Bakery' },
            ],
            nextCursor: 'c2',
          }}
          mayHelp
          requestKey="k"
          refused={{ values: {}, errors: { reason: 'At least 10 characters.' } }}
        />,
      ),
  },
];
