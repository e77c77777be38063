import { stepsUntil } from './onboarding.samples.tsx';
import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days } from '../sample.ts';
import { ClientHomePage } from '../../../templates/client/home/home.tsx';
import { PlanCard } from '../../../templates/client/billing/home-card.tsx';
import { ChosenServersCard } from '../../../templates/client/integrations/home-card.tsx';
import { SetupCard } from '../../../templates/client/onboarding/home-card.tsx';
import { TeamCard } from '../../../templates/client/people/home-card.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const samples: readonly PageSample[] = [
  {
    name: 'client-home-setup',
    html: () =>
      renderPage(
        <ClientHomePage
          frame={clientFrame('/app', {
            flash: { kind: 'done', text: 'Saved. You can continue at any time.' },
            banners: [
              {
                kind: 'warning',
                text: 'Your card was declined. We try again tomorrow.',
                action: { title: 'Change card', href: '/app/billing' },
              },
            ],
          })}
          businessName="Rivera Bakery"
          needs={null}
          checklist={[]}
          wideCards={[<SetupCard steps={stepsUntil('website')} continueStep="website" maySubmit />]}
          cards={[
            <PlanCard title="Growth" status="trialing" price="€49 a month" renewsAt={ago(-12 * days)} />,
            <TeamCard people={1} pending={1} />,
          ]}
        />,
      ),
  },
  {
    name: 'client-home-live',
    html: () =>
      renderPage(
        <ClientHomePage
          frame={clientFrame('/app')}
          businessName="Rivera Bakery"
          needs={[]}
          checklist={[
            {
              title: 'Connect the integrations you chose in setup',
              progress: '1 of 3 connected',
              isDone: false,
              href: '/app/integrations',
            },
            { title: 'Invite your team', isDone: true, href: '/app/team#invite' },
          ]}
          wideCards={[
            <ChosenServersCard
              servers={[
                { name: 'stripe', title: 'Stripe', state: 'connected', isConnected: true },
                { name: 'slack', title: 'Slack', state: 'turnedOff', isConnected: false },
              ]}
            />,
          ]}
          cards={[
            <PlanCard title="Growth" status="active" price="€49 a month" renewsAt={ago(-12 * days)} />,
            <TeamCard people={3} pending={0} />,
          ]}
        />,
      ),
  },
];
