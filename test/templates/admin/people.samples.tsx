import { idOf, people, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { PeoplePage } from '../../../templates/admin/people/people.tsx';
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
];
