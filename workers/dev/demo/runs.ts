import type { DemoPart } from './demo.ts';

interface Runs {
  items: { runId: string }[];
}

/** One replay of the demo's own onboarding, so that its page tells that the deployed code could continue it. */
export const replayDemo: DemoPart = {
  title: 'replay of a run',
  async plant(demo, progress) {
    const tenantId = await demo.tenantIdOf(demo.own.name);
    const admin = await demo.as('admin');
    const runsOf = (process: string) =>
      admin.call<Runs>('GET', `/api/admin/runs?tenant=${tenantId}&process=${process}`);
    const [before, onboarding] = [await runsOf('replay-run'), await runsOf('onboard-tenant')];
    const [run] = onboarding.items;
    if (run && before.items.length === 0) {
      const reason = 'To see whether the new release can continue it.';
      await admin.call('POST', `/api/admin/runs/${run.runId}/replay`, { reason });
    }
    progress(1, 1);
  },
};
