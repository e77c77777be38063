import { roleTitles } from '../../db/domain/roles.ts';
import { freezeBannerCopy, unpaidBannerCopy } from '../../templates/layout/copy.ts';
import { paths } from '../../templates/paths.ts';
import type { BannerData, PageContext } from '../../templates/page-context.ts';
import type { RequestContext } from './context.ts';
import { csrfToken } from './csrf.ts';
import { ownerOf } from './draft.ts';

function freezeBanners(context: RequestContext): BannerData[] {
  const { frozen, tenant } = context.principal ?? {};
  if (!frozen) return [];
  if (tenant) return [{ kind: 'warning', text: freezeBannerCopy.client }];
  const action = { title: freezeBannerCopy.see, href: paths.freeze };
  return [
    {
      kind: 'warning',
      text: freezeBannerCopy.platform,
      ...(context.can('platform.freeze') && { action }),
    },
  ];
}

function unpaidBanners(context: RequestContext): BannerData[] {
  const { access = 'full' } = context.principal ?? {};
  if (access === 'full') return [];
  const action = { title: unpaidBannerCopy.pay, href: paths.billing };
  return [
    {
      kind: access === 'suspended' ? 'danger' : 'warning',
      text: unpaidBannerCopy[access],
      ...(context.can('billing.read') && { action }),
    },
  ];
}

/** What every page gets: who looks at it, where that person may go, what must be said above all. */
export function pageContextOf(context: RequestContext): PageContext {
  const { principal, deps, request, response } = context;
  return {
    nonce: response.locals['nonce'] as string,
    csrfToken: principal ? csrfToken(deps.csrfSecret, principal.sessionId) : '',
    owner: principal ? ownerOf(deps, principal.userId) : '',
    path: request.path,
    environment: deps.environment,
    brand: { name: 'BizOSaaS' },
    viewer: principal && {
      name: principal.name,
      email: principal.email,
      roleTitle: roleTitles[principal.role],
      timezone: principal.timezone,
      language: principal.language,
      picture: principal.picture && paths.picture(principal.userId, principal.picture),
      isPartner: principal.role === 'partner',
      businesses: principal.tenant ? principal.tenantCount : 0,
    },
    nav: context.navigation(),
    news: context.badges.hasUnseen,
    flash: (response.locals['flash'] as PageContext['flash'] | undefined) ?? null,
    banners: [...freezeBanners(context), ...unpaidBanners(context)],
    view: principal?.view
      ? {
          adminName: principal.view.adminName,
          mode: principal.view.mode,
          expiresAt: principal.view.expiresAt.toISOString(),
        }
      : null,
    palette: principal !== null,
  };
}
