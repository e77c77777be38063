import type { PageSample } from '../gallery.tsx';
import { clientFrame } from '../sample.ts';
import { accessRows } from '../admin/audit.samples.tsx';
import { SecurityEventsPage } from '../../../templates/client/audit/security-events.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import { paths } from '../../../templates/paths.ts';

const frame = clientFrame(paths.securityEvents);

export const samples: readonly PageSample[] = [
  {
    name: 'security-events',
    html: () =>
      renderPage(<SecurityEventsPage frame={frame} rows={accessRows(50)} query={{}} nextCursor="c2" />),
  },
  {
    name: 'security-events-none',
    html: () => renderPage(<SecurityEventsPage frame={frame} rows={[]} query={{}} nextCursor={null} />),
  },
];
