import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days, hours } from '../sample.ts';
import { onboardingSteps } from '../../../db/domain/onboarding/steps.ts';
import { OnboardingFunnelPage } from '../../../templates/admin/onboarding/funnel.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const samples: readonly PageSample[] = [
  {
    name: 'onboarding-funnel',
    html: () =>
      renderPage(
        <OnboardingFunnelPage
          frame={adminFrame('/admin/onboarding')}
          query={{}}
          nextCursor={null}
          steps={onboardingSteps.map((step, index) => ({
            step,
            reached: 240 - index * 21,
            finished: 226 - index * 22,
            standing: 6,
            medianMs: (index + 1) * 140_000,
          }))}
          stuck={[
            {
              id: 'ten_1',
              name: 'Rivera Bakery',
              step: 'website',
              since: ago(2 * days),
              sentence: 'The owner has not chosen a website; two reminders were sent.',
              action: 'extend',
            },
            {
              id: 'ten_2',
              name: 'Nordlicht Yoga',
              step: 'plan',
              since: ago(5 * hours),
              sentence: 'The payment provider does not answer. Nothing was charged.',
              action: 'retry',
            },
            {
              id: 'ten_3',
              name: 'Atelier Nuit',
              step: 'profile',
              since: ago(20 * hours),
              sentence: 'The owner stopped in the middle. A reminder goes out in 4 hours.',
              action: null,
            },
          ]}
        />,
      ),
  },
];
