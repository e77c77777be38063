import type { PageSample } from '../gallery.tsx';
import { clientFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { HelpPage } from '../../../templates/public/support/help.tsx';

export const samples: readonly PageSample[] = [
  {
    name: 'help',
    html: () =>
      renderPage(
        <HelpPage
          frame={clientFrame('/help')}
          actions={[{ title: 'Invite a person', href: '/app/team#invite' }]}
        />,
      ),
  },
];
