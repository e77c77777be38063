import assert from 'node:assert/strict';
import { onboardingSteps } from '../../../../db/domain/onboarding/steps.ts';
import type { StepProgress } from '../../../../db/domain/progress.ts';
import { insertSubscription } from '../../../../db/repos/billing/subscriptions.ts';
import { subscriptionOf } from '../../../support/billing.ts';
import { funnel } from '../../../../db/repos/onboarding/funnel.ts';
import * as people from '../../../../db/repos/people/people.ts';
import { countNeedingAttention } from '../../../../db/repos/runs/figures.ts';
import * as runs from '../../../../db/repos/runs/runs.ts';
import * as overview from '../../../../db/repos/tenants/overview.ts';
import {
  plantTenant,
  scope,
  testDatabase,
  type PlantedTenant,
  type TestDatabase,
} from '../../../support/database.ts';
import { dayMs, minuteMs } from '../../../../db/domain/time.ts';

const start = Date.parse('2026-03-01T10:00:00Z');

describe('what administrators see', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const onPlatform = <T>(work: Parameters<TestDatabase['db']['inScope']>[1]) =>
    database.db.inScope(scope('platform'), work) as Promise<T>;

  function runOf({ tenantId }: PlantedTenant, change: Partial<runs.Run> = {}): runs.Run {
    return {
      tenantId,
      runId: `run-${tenantId}`,
      workflowId: `t:${tenantId}:onboard-tenant:signup`,
      process: 'onboard-tenant',
      subject: tenantId,
      actorId: null,
      version: null,
      state: 'waiting',
      currentStep: 'plan',
      needsAttention: false,
      attempts: 1,
      nextKind: 'reminder',
      nextAt: new Date(start + dayMs),
      startedAt: new Date(start),
      closedAt: null,
      changedAt: new Date(start + 10 * minuteMs),
      ...change,
    };
  }

  /** Steps up to `done` are done, each `minutes` after the one before; the next waits for the owner. */
  function stepsUpTo(done: number, minutes: number): StepProgress[] {
    return onboardingSteps.map((key, position) => {
      const since = new Date(start + Math.min(position + 1, done + 1) * minutes * minuteMs).toISOString();
      if (position < done) return { key, state: 'done', since, attempts: 1 };
      if (position > done) return { key, state: 'upcoming', since, attempts: 0 };
      return { key, state: 'waiting', since, attempts: 1, waitingFor: 'owner' };
    });
  }

  async function subscribe(
    { tenantId }: PlantedTenant,
    terms: { interval: 'month' | 'year'; status: 'active' | 'trialing'; amountMinor: number },
  ) {
    await database.db.inScope(scope({ tenantId }), (tx) =>
      insertSubscription(tx, subscriptionOf(tenantId, terms)),
    );
  }

  describe('[TEN-1] the overview of tenants', () => {
    const named: Record<string, PlantedTenant> = {};
    before(async () => {
      for (const name of ['Alpha_1', 'Beta 50%', 'Gamma', 'Delta'])
        named[name] = await plantTenant(database.db, { name });
      await subscribe(named['Alpha_1'] as PlantedTenant, {
        interval: 'month',
        status: 'active',
        amountMinor: 14_900,
      });
      await subscribe(named['Beta 50%'] as PlantedTenant, {
        interval: 'year',
        status: 'active',
        amountMinor: 149_000,
      });
      await subscribe(named['Gamma'] as PlantedTenant, {
        interval: 'month',
        status: 'trialing',
        amountMinor: 14_900,
      });
      const alpha = runOf(named['Alpha_1'] as PlantedTenant);
      await onPlatform((tx) => runs.upsert(tx, alpha, stepsUpTo(2, 5)));
      const older = {
        runId: 'run-old',
        startedAt: new Date(start - minuteMs),
        currentStep: 'tools',
        needsAttention: true,
      };
      const since = new Date(start).toISOString();
      const stuck: StepProgress[] = [{ key: 'tools', state: 'needsAttention', since, attempts: 3 }];
      await onPlatform((tx) => runs.upsert(tx, runOf(named['Alpha_1'] as PlantedTenant, older), stuck));
    });
    const list = (filter: Partial<overview.TenantFilter> = {}) =>
      onPlatform<{ items: overview.TenantLine[] }>((tx) =>
        overview.list(tx, { limit: 50, sort: 'name', ...filter }),
      );
    const namesOf = async (filter: Partial<overview.TenantFilter>) =>
      (await list(filter)).items.map(({ name }) => name);

    it('shows the plan, people, runs and onboarding step of each', async () => {
      const { items } = await list();
      assert.deepEqual(
        items.map(({ name, mrrMinor, users, openRuns, problems }) => [
          name,
          mrrMinor,
          users,
          openRuns,
          problems,
        ]),
        [
          ['Alpha_1', 14_900, 1, 2, 1],
          ['Beta 50%', 12_417, 1, 0, 0],
          ['Delta', 0, 1, 0, 0],
          ['Gamma', 0, 1, 0, 0],
        ],
      );
      const [alpha, beta, delta] = items;
      assert.equal(alpha?.onboarding?.step, 'plan');
      assert.deepEqual([alpha?.onboarding?.stepState, alpha?.onboarding?.waitingFor], ['waiting', 'owner']);
      assert.equal(beta?.onboarding, null);
      assert.deepEqual([delta?.planKey, delta?.subscriptionStatus, delta?.currency], [null, null, null]);
      assert.ok(items.every(({ lastActivityAt }) => lastActivityAt instanceof Date));
    });

    it('is searched and filtered; what looks like a wildcard is a letter', async () => {
      assert.deepEqual(await namesOf({ q: 'ALPHA' }), ['Alpha_1']);
      assert.deepEqual(await namesOf({ q: '_' }), ['Alpha_1']);
      assert.deepEqual(await namesOf({ q: '%' }), ['Beta 50%']);
      assert.deepEqual(await namesOf({ q: '\\' }), []);
      assert.deepEqual(await namesOf({ plan: 'growth' }), ['Alpha_1', 'Beta 50%', 'Gamma']);
      assert.deepEqual(await namesOf({ step: 'plan' }), ['Alpha_1']);
      assert.deepEqual(await namesOf({ step: 'tools' }), []);
      assert.deepEqual(await namesOf({ status: 'live' }), []);
      assert.deepEqual(await namesOf({ plan: 'growth', step: 'plan', q: 'a', status: 'onboarding' }), [
        'Alpha_1',
      ]);
    });

    it('is sorted by what it shows', async () => {
      assert.deepEqual(await namesOf({ sort: 'mrr', descending: true, q: 'a', limit: 2 }), [
        'Alpha_1',
        'Beta 50%',
      ]);
      assert.deepEqual((await namesOf({ sort: 'problems', descending: true }))[0], 'Alpha_1');
      assert.deepEqual((await namesOf({ sort: 'created' })).at(-1), 'Alpha_1');
    });

    it('adds up', async () => {
      const counts = await onPlatform<Awaited<ReturnType<typeof overview.counts>>>((tx) =>
        overview.counts(tx),
      );
      const { live, onboarding, mrrMinor } = counts;
      assert.deepEqual({ live, onboarding, mrrMinor }, { live: 0, onboarding: 4, mrrMinor: 27_317 });
      const stuckSince = (since: Date) =>
        onPlatform<{ now: number; newly: number }>((tx) => countNeedingAttention(tx, since));
      assert.deepEqual(await stuckSince(new Date(0)), { now: 1, newly: 1 });
      assert.deepEqual(await stuckSince(new Date(Date.now() + dayMs)), { now: 1, newly: 0 });
    });

    it('shows a tenant itself and no other', async () => {
      const { tenantId } = named['Gamma'] as PlantedTenant;
      const page = await database.db.inScope(scope({ tenantId }), (tx) =>
        overview.list(tx, { limit: 50, sort: 'created' }),
      );
      assert.deepEqual(
        page.items.map(({ id }) => id),
        [tenantId],
      );
    });
  });

  describe('[ONB-5] the funnel of onboardings', () => {
    it('counts who reached and completed each step, who stands there, and how long it took', async () => {
      const fresh = await testDatabase();
      try {
        const plants: readonly [done: number, minutes: number, change?: Partial<runs.Run>][] = [
        [1, 1], [3, 2], [3, 4], [8, 6], [3, 10, { closedAt: new Date(start), state: 'stopped' }], [8, 100, { process: 'send-invite' }], [8, 1, { startedAt: new Date(start - minuteMs) }],
      ]; // prettier-ignore
        for (const [done, minutes, change] of plants) {
          const tenant = await plantTenant(fresh.db);
          await fresh.db.inScope(scope('platform'), (tx) =>
            runs.upsert(tx, runOf(tenant, change), stepsUpTo(done, minutes)),
          );
        }
        const steps = await fresh.db.inScope(scope('platform'), (tx) =>
          funnel(tx, [...onboardingSteps, 'unknown'], new Date(start)),
        );
        const by = Object.fromEntries(steps.map(({ step, ...figures }) => [step, figures]));
        // Five onboardings that took 1, 2, 4, 6 and 10 minutes per step.
        assert.deepEqual(by['account'], { reached: 5, completed: 5, standing: 0, medianMs: 4 * minuteMs });
        assert.deepEqual(by['profile'], { reached: 5, completed: 4, standing: 1, medianMs: 5 * minuteMs });
        assert.deepEqual(by['tools'], { reached: 4, completed: 1, standing: 2, medianMs: 6 * minuteMs });
        assert.deepEqual(by['website'], { reached: 1, completed: 1, standing: 0, medianMs: 6 * minuteMs });
        assert.deepEqual(by['unknown'], { reached: 0, completed: 0, standing: 0, medianMs: null });
      } finally {
        await fresh.close();
      }
    });
  });

  describe('[USR-1] the directory of people', () => {
    it('is searched by name, address and tenant, and filtered by role, status and tenant', async () => {
      const tenant = await plantTenant(database.db, {
        name: 'Quince Orchard',
        ownerName: 'Zoë Quill',
        email: 'zq@example.com',
      });
      const list = async (filter: Partial<people.PeopleFilter>) =>
        (
          await onPlatform<{ items: people.Person[] }>((tx) => people.list(tx, { limit: 50, ...filter }))
        ).items.map(({ id }) => id);
      for (const q of ['zoë', 'ZQ@EXAMPLE', 'quince'])
        assert.deepEqual(await list({ q }), [tenant.userId], q);
      assert.deepEqual(await list({ q: '%' }), await list({ q: 'Beta 50' }));
      assert.equal((await list({ q: '%' })).length, 1);
      assert.deepEqual(await list({ tenantId: tenant.tenantId, role: 'owner' }), [tenant.userId]);
      assert.deepEqual(await list({ tenantId: tenant.tenantId, role: 'member' }), []);
      assert.deepEqual(await list({ role: 'superAdmin' }), []);
      await database.owner(`update users set status = 'suspended' where id = $1`, [tenant.userId]);
      assert.deepEqual(await list({ status: 'suspended' }), [tenant.userId]);
      const seen = await database.db.inScope(scope(tenant), (tx) => people.list(tx, { limit: 50 }));
      assert.deepEqual(
        seen.items.map(({ id, memberships }) => [
          id,
          memberships.map(({ tenantId, tenantName, role }) => ({ tenantId, tenantName, role })),
        ]),
        [[tenant.userId, [{ tenantId: tenant.tenantId, tenantName: 'Quince Orchard', role: 'owner' }]]],
      );
    });
  });

  describe('[WF-1] the projection of runs', () => {
    it('takes the newer saying and lets an older one go, with its steps', async () => {
      const tenant = await plantTenant(database.db);
      const run = runOf(tenant, { runId: 'run-news' });
      const at = (minutes: number, change: Partial<runs.Run> = {}) => ({
        ...run,
        changedAt: new Date(start + minutes * minuteMs),
        ...change,
      });
      const read = async () => {
        const { state } = await onPlatform<runs.ListedRun>((tx) => runs.get(tx, run.runId));
        const steps = await onPlatform<runs.RunStep[]>((tx) => runs.listSteps(tx, run.runId));
        return [state, steps.filter((step) => step.state === 'done').length];
      };
      await onPlatform((tx) => runs.upsert(tx, at(10), stepsUpTo(2, 1)));
      assert.deepEqual(await read(), ['waiting', 2]);
      await onPlatform((tx) =>
        runs.upsert(tx, at(20, { state: 'done', currentStep: null }), stepsUpTo(8, 1)),
      );
      assert.deepEqual(await read(), ['done', 8]);
      await onPlatform((tx) => runs.upsert(tx, at(15, { state: 'failed' }), stepsUpTo(1, 1)));
      assert.deepEqual(await read(), ['done', 8]);
      // The same moment again is the same saying, or a correction of it.
      await onPlatform((tx) => runs.upsert(tx, at(20, { state: 'stopped' }), []));
      assert.deepEqual(await read(), ['stopped', 0]);
    });

    it('ends with the newest of many sayings that come at once', async () => {
      const tenant = await plantTenant(database.db);
      const sayings = Array.from({ length: 12 }, (_, i) => {
        const run = runOf(tenant, {
          runId: 'run-race',
          attempts: i,
          changedAt: new Date(start + i * minuteMs),
        });
        return onPlatform((tx) => runs.upsert(tx, run, stepsUpTo(i % 8, 1)));
      });
      await Promise.all(sayings);
      const { attempts } = await onPlatform<runs.ListedRun>((tx) => runs.get(tx, 'run-race'));
      const steps = await onPlatform<runs.RunStep[]>((tx) => runs.listSteps(tx, 'run-race'));
      assert.deepEqual([attempts, steps.filter(({ state }) => state === 'done').length], [11, 3]);
    });

    it('is found by its tenant only, and can be dropped', async () => {
      const [one, two] = [await plantTenant(database.db), await plantTenant(database.db)];
      await onPlatform((tx) => runs.upsert(tx, runOf(one), []));
      await database.db.inScope(scope(one), (tx) => runs.get(tx, `run-${one.tenantId}`));
      await assert.rejects(
        database.db.inScope(scope(two), (tx) => runs.get(tx, `run-${one.tenantId}`)),
        { code: 'run.not-found' },
      );
      await onPlatform((tx) => runs.putCursor(tx, new Date(start)));
      assert.deepEqual(await onPlatform((tx) => runs.findCursor(tx)), new Date(start));
      await onPlatform((tx) => runs.removeAll(tx));
      assert.equal(await onPlatform((tx) => runs.findCursor(tx)), null);
      assert.equal((await database.owner('select 1 from run_steps')).length, 0);
    });
  });
});
