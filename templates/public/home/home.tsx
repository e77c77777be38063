import type { VNode } from 'preact';
import { type Plan, priceOf } from '../../../db/domain/billing/plans.ts';
import { assetUrls } from '../../layout/assets.ts';
import { Bare } from '../../layout/bare.tsx';
import { SiteNav } from '../../layout/site-nav.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { priceText } from '../../ui/money.tsx';
import { publicHomeCopy as copy } from './copy.ts';
import { PlanCards } from './plan-cards.tsx';
import { Questions } from './questions.tsx';

/** What the platform offers, as its catalogues hold it now. */
export interface Offer {
  plans: readonly Plan[];
  /** Titles of the integrations a new business can choose, in the order of the catalogue. */
  integrations: readonly string[];
}

export interface PublicHomePageProps {
  frame: PageContext;
  offer: Offer;
  /** Of the prices. */
  language: string;
}

const promises: readonly { icon: IconName; title: string; text: string }[] = [
  { icon: 'list-check', ...copy.promises.setup },
  { icon: 'route', ...copy.promises.durable },
  { icon: 'shield-check', ...copy.promises.audited },
];

function Hero({ frame, offer, language }: PublicHomePageProps): VNode {
  const [first] = offer.plans;
  return (
    <div class="bz-hero">
      <h1>{copy.title}</h1>
      <p class="bz-purpose">{copy.purpose(frame.brand.name)}</p>
      <p>{copy.audience}</p>
      <div class="bz-actions">
        <LinkButton href={paths.signUp} look="primary">
          {copy.create}
        </LinkButton>
        <LinkButton href={paths.pricing}>{copy.seePricing}</LinkButton>
      </div>
      {first ? (
        <p class="bz-muted">{copy.charge(priceText(priceOf(first, 'month'), language), first.trialDays)}</p>
      ) : null}
    </div>
  );
}

/** The portal as it is, in the theme of the page; only the picture that shows is loaded. */
function Picture(): VNode {
  const shared = { width: 1200, height: 700, loading: 'lazy', alt: copy.picture } as const;
  return (
    <div class="bz-picture">
      <img class="bz-when-light" src={assetUrls.productLight} {...shared} />
      <img class="bz-when-dark" src={assetUrls.productDark} {...shared} />
    </div>
  );
}

/** GET / for people who are not signed in. */
export function PublicHomePage(props: PublicHomePageProps): VNode {
  const { frame, offer, language } = props;
  return (
    <Bare frame={frame} title={copy.documentTitle} aside={<SiteNav frame={frame} />} wide>
      <div class="bz-opening">
        <Hero {...props} />
        <Picture />
      </div>
      <ul class="bz-promises">
        {promises.map((promise) => (
          <li>
            <Icon name={promise.icon} />
            <h2>{promise.title}</h2>
            <p>{promise.text}</p>
          </li>
        ))}
      </ul>
      <section class="bz-site-part" aria-labelledby="integrations">
        <h2 id="integrations">{copy.integrations.title}</h2>
        <p class="bz-purpose">{copy.integrations.text(offer.integrations.length)}</p>
        <ul class="bz-names">
          {offer.integrations.map((title) => (
            <li>{title}</li>
          ))}
        </ul>
      </section>
      <section class="bz-site-part" aria-labelledby="plans">
        <h2 id="plans">{copy.plans.title}</h2>
        <p class="bz-purpose">{copy.plans.purpose}</p>
        <PlanCards plans={offer.plans} offered={offer.integrations.length} language={language} />
      </section>
      <Questions />
    </Bare>
  );
}
