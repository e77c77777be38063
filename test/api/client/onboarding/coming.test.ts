import assert from 'node:assert/strict';
import { agentCatalog } from '../../../../db/domain/agents/catalog.ts';
import { submittableSteps } from '../../../../db/domain/onboarding/steps.ts';
import { bodies } from '../../../e2e/wizard.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const promise = 'We’ll tell you when it’s ready';
const brief = 'Bread, cakes and coffee for the people of our street.';

describe('[ONB-2] what can be chosen before it is built', function () {
  this.timeout(90_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    owner = await platform.business('Promise Bakery');
  });
  after(() => platform?.stop());

  const show = async (caller: Caller, path: string) =>
    (await caller.call('GET', path)).text.replace(/<svg.*?<\/svg>/g, '').replace(/<[^>]+>/g, '|');
  async function choose(caller: Caller, step: string, choice: unknown): Promise<void> {
    const { status, text } = await caller.call('POST', `/api/client/onboarding/steps/${step}`, choice);
    assert.equal(status, 200, text);
  }
  async function goLive(caller: Caller, own: Record<string, unknown>): Promise<void> {
    for (const step of submittableSteps) await choose(caller, step, own[step] ?? bodies[step]);
    await eventually(
      () => show(caller, '/app/setup/live'),
      (text) => text.includes('You’re live'),
    );
  }

  it('is never said to be done: in the wizard, while going live, on Home or in the email', async () => {
    await choose(owner, 'profile', bodies.profile);
    const plans = await show(owner, '/app/setup/plan');
    assert.doesNotMatch(plans, /\b40 tools|10 agents|any time under Billing/);
    assert.match(plans, /All 28 tools\. 5 agents, once they can run\./);
    for (const step of ['plan', 'tools'] as const) await choose(owner, step, bodies[step]);
    assert.match(await show(owner, '/app/setup/website'), /We can’t build sites yet/);
    await choose(owner, 'website', { mode: 'new', siteName: 'Promise Bread', brief });
    await choose(owner, 'analytics', {});
    assert.match(await show(owner, '/app/setup/agents'), /Agents don’t run yet/);
    await choose(owner, 'agents', bodies.agents);
    const review = await show(owner, '/app/setup/review');
    assert.equal(review.match(new RegExp(`\\|When\\|+${promise}`, 'g'))?.length, 2);
    assert.equal((await show(owner, '/app')).match(new RegExp(promise, 'g'))?.length, 2);
    await goLive(owner, { website: { mode: 'new', siteName: 'Promise Bread', brief } });
    const live = await show(owner, '/app/setup/live');
    assert.match(live, new RegExp(`Website\\|+${promise}[^]*Agents\\|+${promise}`));
    assert.doesNotMatch(live, /Website\|+Done|Everything you chose/);
    const home = await eventually(
      () => show(owner, '/app'),
      (text) => text.includes('Not ready yet'),
    );
    assert.match(home, /New website\|+Promise Bread\|+Agents\|+Bookkeeper/);
    const [mail] = await eventually(
      async () => (await platform.world.mails(owner.email)).filter(({ subject }) => /is live/.test(subject)),
      (mails) => mails.length > 0,
    );
    assert.match(mail?.text ?? '', /new website isn’t built[^]*agents you chose don’t run yet/);
  });

  it('is not said to be done to an administrator, on the run’s page or on the tenant’s', async () => {
    const admin = await platform.admin();
    const tenant = `/admin/tenants/${owner.tenantId}`;
    const { body } = await admin.call('GET', `/api${tenant}`);
    const pages = [`/admin/workflows/${body.onboarding.runId}`, `${tenant}?tab=onboarding`];
    for (const path of pages) {
      const text = await show(admin, path);
      assert.match(text, /Website\|+Waits for the website builder\b/, path);
      assert.match(text, /Agents\|+Waits for the agents\b/, path);
      assert.match(text, /Tools\|+Done/, path);
    }
  });

  it('is not mentioned to those who chose none of it', async () => {
    const other = await platform.business('Plain Bakery');
    await goLive(other, { agents: { agents: [] } });
    assert.doesNotMatch(await show(other, '/app/setup/live'), new RegExp(promise));
    await eventually(
      () => show(other, '/app'),
      (text) => /Get started/.test(text),
    );
    assert.doesNotMatch(await show(other, '/app'), /Not ready yet/);
  });

  it('no plan includes more agents than there are', async () => {
    const plans = await platform.world.database.owner<{ max_agents: number; summary: string }>(
      `select (v.limits ->> 'agents')::int as max_agents, p.summary from plans p
       join plan_versions v on v.plan_key = p.key and v.version = p.version`,
    );
    assert.ok(plans.length > 0);
    for (const plan of plans) {
      assert.ok(plan.max_agents <= agentCatalog.length);
      assert.doesNotMatch(plan.summary, /agent/);
    }
  });
});
