import type { PageSample } from '../gallery.tsx';
import { adminFrame, clientFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { ActivityPage } from '../../../templates/public/runs/activity.tsx';

export const samples: readonly PageSample[] = [
  {
    name: 'activity',
    html: () =>
      renderPage(
        <ActivityPage
          frame={clientFrame('/activity')}
          runs={[
            {
              runId: 'r2',
              title: 'Connecting a server',
              about: 'Stripe',
              server: 'stripe',
              state: 'waiting',
              startedAt: '2026-11-22T12:00:00Z',
              endedAt: null,
              href: '/app/integrations/stripe',
            },
            {
              runId: 'r1',
              title: 'Invitation',
              about: null,
              server: null,
              state: 'done',
              startedAt: '2026-11-20T12:00:00Z',
              endedAt: '2026-11-21T12:00:00Z',
              href: '/app/team',
            },
          ]}
          cursor={undefined}
          nextCursor={null}
        />,
      ),
  },
  {
    name: 'activity-empty',
    html: () =>
      renderPage(
        <ActivityPage frame={adminFrame('/activity')} runs={[]} cursor={undefined} nextCursor={null} />,
      ),
  },
];
