import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days, hours } from '../sample.ts';
import { AdminHomePage } from '../../../templates/admin/home/home.tsx';
import type { Figure } from '../../../templates/admin/home/home.tsx';
import type { DayChartProps } from '../../../templates/ui/day-chart.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';

export const adminNeeds = (): NeedsItem[] => [
  {
    sentence: 'Onboarding of Nordlicht Yoga needs attention: the payment provider does not answer.',
    since: ago(35),
    href: '/admin/workflows/x',
    button: 'Open run',
    tone: 'attention',
  },
  {
    sentence: 'The card of Brandt & Söhne Metallbau was declined twice.',
    since: ago(6 * hours),
    href: '/admin/tenants/x',
    button: 'Open tenant',
    tone: 'failed',
  },
  {
    sentence: 'Rivera Bakery has been waiting at “Website” for two days.',
    since: ago(2 * days),
    href: '/admin/tenants/x?tab=onboarding',
    button: 'See why',
    tone: 'waiting',
  },
  {
    sentence: 'The trial of Blue Harbour Dental ends in three days without a card.',
    since: ago(1 * days),
    href: '/admin/tenants/x',
    button: 'Open tenant',
    tone: 'scheduled',
  },
];

const sampleDays = Array.from({ length: 30 }, (_, at) => ago((29 - at) * days).slice(0, 10));

const adminCharts = (): DayChartProps[] => [
  {
    title: 'Runs that ended, last 30 days',
    href: '/admin/workflows',
    days: sampleDays,
    kind: 'bars',
    series: [
      { label: 'Done', tone: 'done', values: sampleDays.map((_, at) => (at * 7) % 13) },
      { label: 'Failed', tone: 'failed', values: sampleDays.map((_, at) => (at % 9 === 0 ? 2 : 0)) },
    ],
    format: String,
    nothing: 'No run has ended yet.',
  },
  {
    title: 'Monthly recurring revenue, last 30 days',
    days: sampleDays,
    kind: 'line',
    series: [{ label: 'Revenue', tone: 'accent', values: sampleDays.map((_, at) => 40_000 + at * 300) }],
    format: (minor) => `€${minor / 100}`,
    nothing: 'No tenant pays yet.',
  },
  {
    title: 'Calls of integrations, last 30 days',
    days: sampleDays,
    kind: 'bars',
    series: [{ label: 'Done', tone: 'done', values: sampleDays.map(() => 0) }],
    format: String,
    nothing: 'No tool was called yet.',
  },
];

const adminFigures = (): Figure[] => [
  {
    label: 'Monthly recurring revenue',
    value: { amountMinor: 4_812_000, currency: 'EUR' },
    trend: { direction: 'up', text: '€3,120 more than last month', good: true },
    values: [36, 38, 39, 41, 44, 48],
  },
  {
    label: 'Live tenants',
    value: 1204,
    trend: { direction: 'up', text: '41 more than last month', good: true },
    values: [1010, 1080, 1110, 1163, 1204],
    href: '/admin/tenants?status=live',
  },
  {
    label: 'Setting up now',
    value: 62,
    trend: { direction: 'flat', text: 'as many as last week' },
    values: [60, 64, 61, 63, 62],
    href: '/admin/onboarding',
  },
  {
    label: 'Runs that need attention',
    value: 3,
    trend: { direction: 'up', text: '2 more than yesterday', good: false },
    values: [1, 0, 2, 1, 3],
    href: '/admin/workflows?state=needsAttention',
  },
];

export const samples: readonly PageSample[] = [
  {
    name: 'admin-home',
    html: () =>
      renderPage(
        <AdminHomePage
          frame={adminFrame('/admin')}
          needs={adminNeeds()}
          figures={adminFigures()}
          charts={adminCharts()}
        />,
      ),
  },
  {
    name: 'admin-home-calm',
    html: () =>
      renderPage(
        <AdminHomePage
          frame={adminFrame('/admin')}
          needs={[]}
          figures={adminFigures()}
          charts={adminCharts()}
        />,
      ),
  },
];
