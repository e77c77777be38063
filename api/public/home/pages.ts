import type { VNode } from 'preact';
import * as plans from '../../../db/repos/billing/plans.ts';
import { listCategories } from '../../../db/repos/integrations/categories.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { paths } from '../../../templates/paths.ts';
import { type Offer, PublicHomePage } from '../../../templates/public/home/home.tsx';
import {
  imprintText,
  type LegalText,
  privacyText,
  termsText,
} from '../../../templates/public/home/legal-copy.ts';
import { LegalPage } from '../../../templates/public/home/legal.tsx';
import { PricingPage } from '../../../templates/public/home/pricing.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage } from '../../kit/route.ts';
import { homeOf } from '../shared/landing.ts';

/** A page holds all integrations there are, which are some dozens. */
const most = 200;

/** The plans and integrations that a new business can choose now. */
function readOffer(context: RequestContext): Promise<Offer> {
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const categories = (await listCategories(tx)).map(({ key }) => key);
    const { items } = await listServers(tx, { limit: most, status: 'available' });
    const integrations = items.toSorted(
      (one, other) => categories.indexOf(one.category) - categories.indexOf(other.category),
    );
    return { plans: await plans.list(tx), integrations: integrations.map(({ title }) => title) };
  });
}

const offerProps = async (context: RequestContext) => ({
  frame: pageContextOf(context),
  offer: await readOffer(context),
  language: context.principal?.language ?? 'en',
});

const legalPage = (context: RequestContext, text: LegalText): VNode =>
  LegalPage({
    frame: pageContextOf(context),
    text,
    operator: context.deps.operator,
    runsIt: context.can('settings.read'),
  });

export const sitePageRoutes = [
  definePage({
    path: paths.home,
    access: 'public',
    async show(context) {
      return context.principal
        ? { to: homeOf(context.principal) }
        : PublicHomePage(await offerProps(context));
    },
  }),
  definePage({
    path: paths.pricing,
    access: 'public',
    show: async (context) => PricingPage(await offerProps(context)),
  }),
  definePage({
    path: paths.terms,
    access: 'public',
    show: async (context) => legalPage(context, termsText(context.deps.operator)),
  }),
  definePage({
    path: paths.privacy,
    access: 'public',
    show: async (context) => legalPage(context, privacyText(context.deps.operator)),
  }),
  definePage({
    path: paths.imprint,
    access: 'public',
    show: async (context) => legalPage(context, imprintText),
  }),
];
