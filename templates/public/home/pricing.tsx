import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { SiteNav } from '../../layout/site-nav.tsx';
import { Icon } from '../../ui/icon.tsx';
import { publicHomeCopy } from './copy.ts';
import type { PublicHomePageProps } from './home.tsx';
import { PlanCards } from './plan-cards.tsx';
import { Questions } from './questions.tsx';

const copy = publicHomeCopy.plans;

/** GET /pricing: the plans as the setup wizard offers them. */
export function PricingPage({ frame, offer, language }: PublicHomePageProps): VNode {
  return (
    <Bare frame={frame} title={copy.documentTitle} aside={<SiteNav frame={frame} />} wide>
      <div class="bz-hero">
        <h1>{copy.documentTitle}</h1>
        <p class="bz-purpose">{copy.purpose}</p>
      </div>
      <h2 class="visually-hidden">{copy.title}</h2>
      <PlanCards plans={offer.plans} offered={offer.integrations.length} language={language} />
      <section class="bz-site-part" aria-labelledby="included">
        <h2 id="included">{copy.included}</h2>
        <ul class="bz-included">
          {copy.includes.map((line) => (
            <li>
              <Icon name="check" />
              {line}
            </li>
          ))}
        </ul>
      </section>
      <Questions />
    </Bare>
  );
}
