import type { Operator } from '../../../db/domain/settings/operator.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { type Offer, PublicHomePage } from '../../../templates/public/home/home.tsx';
import { imprintText, privacyText, termsText } from '../../../templates/public/home/legal-copy.ts';
import { LegalPage } from '../../../templates/public/home/legal.tsx';
import { PricingPage } from '../../../templates/public/home/pricing.tsx';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, publicFrame } from '../sample.ts';

const plan = { version: 1, currency: 'EUR', trialDays: 14, maxAgents: 1 };
const offer: Offer = {
  plans: [
    {
      ...plan,
      key: 'starter',
      title: 'Starter',
      summary: 'For one person.',
      monthlyMinor: 4_900,
      yearlyMinor: 49_000,
      maxTools: 2,
      position: 1,
    },
    {
      ...plan,
      key: 'scale',
      title: 'Scale',
      summary: 'For several teams.',
      monthlyMinor: 39_900,
      yearlyMinor: 399_000,
      maxTools: 40,
      position: 2,
    },
  ],
  integrations: ['Stripe', 'Xero', 'Google Analytics, Tag Manager and Search Console'],
};
const operator: Operator = {
  name: 'Quay Street Services Ltd',
  address: ['4 Quay Street', 'Galway', 'Ireland'],
  email: 'hello@quay.example',
  phone: '+353 91 000000',
  registration: null,
  securityEmail: 'security@quay.example',
};
const props = { offer, language: 'en' };

export const samples: readonly PageSample[] = [
  { name: 'public-home', html: () => renderPage(<PublicHomePage frame={publicFrame('/')} {...props} />) },
  { name: 'pricing', html: () => renderPage(<PricingPage frame={publicFrame('/pricing')} {...props} />) },
  {
    name: 'terms',
    html: () =>
      renderPage(
        <LegalPage
          frame={publicFrame('/terms')}
          text={termsText(operator)}
          operator={operator}
          runsIt={false}
        />,
      ),
  },
  {
    name: 'privacy-unnamed',
    html: () =>
      renderPage(
        <LegalPage frame={publicFrame('/privacy')} text={privacyText(null)} operator={null} runsIt={false} />,
      ),
  },
  {
    name: 'imprint-unnamed',
    html: () =>
      renderPage(<LegalPage frame={adminFrame('/imprint')} text={imprintText} operator={null} runsIt />),
  },
];
