import { type DemoBusiness, otherBusinesses } from './businesses.ts';
import type { Demo, DemoPart } from './demo.ts';

interface Terms {
  planKey: string;
  interval: 'month' | 'year';
  seats: number;
}
interface State {
  subscription: (Terms & { pending: unknown; endsAt: string | null; status: string }) | null;
}

const path = '/api/client/subscription';

/** Changes the terms of a business unless an earlier run did. */
async function change(demo: Demo, business: DemoBusiness, wanted: Partial<Terms>): Promise<void> {
  const owner = await demo.as(business);
  const { subscription } = await owner.call<State>('GET', path);
  if (!subscription || subscription.pending) return;
  const { planKey, interval, seats } = subscription;
  const terms = { planKey, interval, seats, ...wanted };
  if (terms.planKey === planKey && terms.interval === interval && terms.seats === seats) return;
  const { dueNow } = await owner.call<{ dueNow: { amountMinor: number } }>('POST', `${path}/preview`, terms);
  await owner.call('POST', `${path}/change`, { ...terms, expectedDueMinor: dueNow.amountMinor });
}

async function cancelAtEnd(demo: Demo, business: DemoBusiness): Promise<void> {
  const owner = await demo.as(business);
  const { subscription } = await owner.call<State>('GET', path);
  if (subscription && !subscription.endsAt) await owner.call('POST', `${path}/cancel`, { when: 'periodEnd' });
}

/** A second version of Growth, whose seats cost something; who subscribed before stays on the first. */
async function publishSeats(demo: Demo): Promise<void> {
  const admin = await demo.as('admin');
  interface Catalogue {
    items: { key: string; version: number; versions: Record<string, unknown>[] }[];
  }
  const { items } = await admin.call<Catalogue>('GET', '/api/admin/plans');
  const growth = items.find(({ key }) => key === 'growth');
  if (growth?.version !== 1) return;
  const seatsAt = (amountMinor: number) => ({
    ...{ included: 3, tiering: 'graduated' },
    tiers: [{ upTo: null, unit: { amountMinor, per: 1 }, flatMinor: 0 }],
  });
  const price = (interval: 'month' | 'year', flatMinor: number, seatMinor: number) => ({
    ...{ currency: 'EUR', interval, flatMinor, seats: seatsAt(seatMinor), usage: [] },
  });
  const { trialDays, limits } = growth.versions[0] ?? {};
  await admin.call('POST', '/api/admin/plans/growth/versions', {
    ...{ trialDays, limits, note: 'Seats beyond three are charged' },
    prices: [price('month', 14_900, 900), price('year', 149_000, 9_000)],
  });
}

const named = (name: string): DemoBusiness => {
  const found = otherBusinesses.find((business) => business.name === name);
  if (!found) throw new Error(`the demo has no ${name}`);
  return found;
};

/** Subscriptions that aren't what they were: yearly, with seats, cancelled for the end of the period, about to be cheaper. */
export const billingDemo: DemoPart = {
  title: 'subscriptions',
  async plant(demo, progress) {
    const steps = [
      () => publishSeats(demo),
      () => change(demo, named('Rivera Bakery'), { interval: 'year' }),
      () => change(demo, named('Nordlicht Fahrräder'), { planKey: 'growth', seats: 5 }),
      () => change(demo, named('Fjord Legal'), { planKey: 'starter' }),
      () => cancelAtEnd(demo, named('Casa Azul Hostel')),
    ];
    for (const [index, step] of steps.entries()) {
      await step();
      progress(index + 1, steps.length);
    }
  },
};
