import { roles } from '../../db/domain/permissions.ts';
import type { BannerData, Frame } from '../../templates/page-context.ts';
import type { RequestContext } from './context.ts';
import { csrfToken } from './csrf.ts';

function banners(context: RequestContext): BannerData[] {
  const { principal } = context;
  if (!principal || principal.emailVerified || !principal.tenant) return [];
  return [
    {
      kind: 'info',
      text: `Please confirm your address ${principal.email}: open the link in the mail we sent.`,
      action: { title: 'Send it again', post: '/verify-email/resend' },
    },
  ];
}

/** What every page gets: who looks at it, where that person may go, what must be said above all. */
export function frameOf(context: RequestContext): Frame {
  const { principal, deps, request, response } = context;
  return {
    nonce: response.locals['nonce'] as string,
    csrfToken: principal ? csrfToken(deps.csrfSecret, principal.sessionId) : '',
    path: request.path,
    environment: deps.environment,
    brand: { name: 'BizOSaaS' },
    viewer: principal && {
      name: principal.name,
      email: principal.email,
      roleTitle: roles[principal.role].title,
      timezone: principal.timezone,
      language: principal.language,
    },
    nav: context.navigation(),
    news: context.marks.news,
    flash: (response.locals['flash'] as Frame['flash'] | undefined) ?? null,
    banners: banners(context),
    palette: principal !== null,
  };
}
