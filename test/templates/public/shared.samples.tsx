import type { PageSample } from '../gallery.tsx';
import { adminFrame, publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { ErrorPage } from '../../../templates/public/shared/error-page.tsx';

export const samples: readonly PageSample[] = [
  {
    name: 'error-signed-out',
    html: () =>
      renderPage(
        <ErrorPage
          frame={publicFrame('/nowhere')}
          status={404}
          title="This page doesn’t exist"
          text="It may have moved, or the link may be mistyped."
          advice="Check the address, or go to Home."
          requestId="req_8f3k2m1p"
        />,
      ),
  },
  {
    name: 'error-signed-in',
    html: () =>
      renderPage(
        <ErrorPage
          frame={adminFrame('/admin/tenants')}
          status={503}
          title="Part of the platform isn’t responding"
          text="Nothing is lost. Running processes continue automatically."
          advice="Try again in a moment."
          requestId="req_8f3k2m1p"
          action={{ title: 'Try again', href: '/admin/tenants' }}
        />,
      ),
  },
];
