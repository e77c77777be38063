import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { eventually } from '../../support/world.ts';
import { useBrowser } from '../browser.ts';
import { plantTools } from '../planted-tools.ts';
import { bringTo } from '../wizard.ts';

/** What a person does: clicks what is called so, or asks the command palette and takes what it finds. */
type Step = string | RegExp | { ask: string; take: RegExp };
type Person = 'owner' | 'newOwner' | 'superAdmin' | 'partner';

/** A thing people come for: the steps from Home, and what tells that they are there. */
interface Job {
  who: Person;
  job: string;
  steps: readonly Step[];
  sees: RegExp;
}
const jobs = (who: Person, list: readonly [string, readonly Step[], RegExp][]): Job[] =>
  list.map(([job, steps, sees]) => ({ who, job, steps, sees }));

const client = 'Jobs Bakery';
const unfinished = 'Halfway Bakery';
const mostSteps = 3;

const all: readonly Job[] = [
  ...jobs('owner', [
    ['invite a colleague', [{ ask: 'invite', take: /^Invite/ }], /Send invitation/],
    ['invite a colleague by clicks', ['Team', /^Invite a person/], /Send invitation/],
    ['see who is in the team', ['Team'], /Olga Owner/],
    ['take back an invitation', ['Team', /^Withdraw/], /Withdraw the invitation of jobs@new\.example/],
    ['connect Google Analytics', ['Integrations', /^Connect Google Analytics/], /Google Analytics/],
    ['find an integration by name', [{ ask: 'mailchimp', take: /Mailchimp/ }], /Mailchimp/],
    ['see which account is connected', ['Integrations', 'Stripe'], /Tool access/],
    ['disconnect Stripe', ['Integrations', 'Stripe', /^Disconnect/], /Disconnect/],
    ['decide a payment', [/^Approvals/, 'Refund payment'], /Approve and run/],
    ['decline a payment', [/^Approvals/, 'Refund payment'], /The requester sees your reason/],
    ['see the plan and its price', ['Billing'], /€149/],
    ['see which card is charged', ['Billing'], /Visa ending in 4242/],
    ['download an invoice', ['Billing', /^BIZ-/], /Download PDF/],
    ['find an invoice by its number', [{ ask: 'BIZ-2026', take: /BIZ-2026/ }], /Download PDF/],
    ['see what became of a task', [/^Your activity/, 'View all activity'], /Invitation/],
    ['see what is not ready yet', [], /Not ready yet/],
    ['check whether the platform works', ['Help', 'View status'], /working/i],
    ['sign out', [/^Account of/, 'Sign out'], /Sign in/],
  ]),
  ...jobs('newOwner', [
    ['continue the setup', [/^Continue setup/], /What about your website\?/],
    ['change the plan during the setup', ['Setup', 'Plan and payment'], /Choose a plan/],
  ]),
  ...jobs('superAdmin', [
    ['open a tenant by name', [{ ask: client, take: /Jobs Bakery/ }], /Tenant id/i],
    ['see why a setup waits', ['Tenants', unfinished, 'Onboarding'], /Website/],
    ['remind an owner', ['Tenants', unfinished, 'Onboarding'], /reminder/i],
    ['see the invoices of a tenant', ['Tenants', client, 'Invoices'], /BIZ-/],
    ['see the people of a tenant', ['Tenants', client, 'People'], /Olga Owner/],
    ['find a person', ['People'], /Olga Owner/],
    ['see what runs now', ['Workflows'], /Halfway Bakery/],
    ['start a process by hand', [{ ask: 'confirm', take: /^Start process: Email confirmation/ }], /Reason/],
    ['register a server', [{ ask: 'register', take: /^Register server/ }], /Register/],
    ['turn Stripe off', [{ ask: 'stripe', take: /^Stripe/ }, /^Disable/], /Disable/],
    ['plan the end of Stripe', [{ ask: 'stripe', take: /^Stripe/ }, /^Deprecate/], /last day/i],
    ['see how tools are used', ['Integrations', 'Usage'], /calls/i],
    ['see all pending approvals', [/^Approvals/], /Jobs Bakery/],
    [
      'check the audit log for tampering',
      [{ ask: 'audit', take: /^Verify the audit log/ }],
      /entries|intact/i,
    ],
    ['see what is kept and for how long', ['Security', 'Data retention'], /days/],
    ['see where setups are lost', ['Tenants', 'Onboarding'], /Median|Finished/i],
  ]),
  ...jobs('partner', [
    ['see the own clients', ['Your clients'], /Jobs Bakery/],
    ['open a client by name', [{ ask: client, take: /Jobs Bakery/ }], /Jobs Bakery/],
    ['see how far a client is', ['Your clients', unfinished, 'Onboarding'], /Website/],
  ]),
];

describe('[WF-1] [TEN-1] thirty things people come for', function () {
  this.timeout(240_000);
  const visit = useBrowser();
  let platform: Platform;
  let people: Record<Person, Caller>;
  let close: () => Promise<void>;

  before(async () => {
    platform = await startPlatform();
    const [owner, newOwner] = [await platform.business(client), await platform.business(unfinished)];
    await bringTo(owner, 'live');
    await bringTo(newOwner, 'website');
    const [superAdmin, partner] = [await platform.admin(), await platform.partner()];
    await platform.world.database.owner('update tenants set partner_id = $1', [partner.partnerId]);
    await eventually(
      () => owner.call('GET', '/app'),
      ({ text }) => text.includes('Get started'),
    );
    const invited = { email: 'jobs@new.example', name: 'New', role: 'member' };
    assert.equal((await owner.call('POST', '/api/client/team/invitations', invited)).status, 201);
    people = { owner, newOwner, superAdmin, partner };
    ({ close } = await plantTools(platform, {
      live: owner,
      settingUp: newOwner,
      invoiceId: '',
      calls: null,
    }));
    await eventually(
      () => superAdmin.call('GET', '/api/admin/runs?process=onboard-tenant&state=waiting'),
      ({ body }) => body.items.length > 0,
    );
  });
  after(async () => {
    await platform?.stop();
    await close?.();
  });

  /** Does a step, and returns how many it took: an entry in a folded group needs another. */
  async function take(page: Page, step: Step): Promise<number> {
    if (typeof step === 'object' && 'ask' in step) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search or jump to' }).fill(step.ask);
      await page.getByRole('option', { name: step.take }).first().click();
      return 1;
    }
    const named = { name: step, exact: true };
    const anywhere = page
      .getByRole('link', named)
      .or(page.getByRole('button', named))
      .or(page.locator('summary').and(page.getByLabel(step)));
    const shown = anywhere.locator('visible=true').first();
    let steps = 1;
    const folded = page
      .locator('#nav details:not([open])')
      .filter({ has: page.getByText(step, { exact: true }) });
    // The page may still be on its way; only what isn't there then is folded away.
    const isShown = await shown.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (!isShown && (await folded.count()) > 0) {
      await folded.locator('summary').click();
      steps += 1;
    }
    await shown.click({ timeout: 10_000 });
    return steps;
  }

  async function problemOf(page: Page, { job, steps, sees }: Job, home: string): Promise<string[]> {
    await page.goto(home);
    let taken = 0;
    try {
      for (const step of steps) {
        taken += await take(page, step);
        await page.waitForLoadState();
      }
      await page.locator('main, dialog[open]').filter({ hasText: sees }).first().waitFor({ timeout: 10_000 });
    } catch (error) {
      const at = `${new URL(page.url()).pathname} after ${taken} steps`;
      return [`${job}: stuck at ${at}: ${String(error).split('\n')[0]}`];
    }
    return taken > mostSteps ? [`${job}: ${taken} steps`] : [];
  }

  for (const [who, home] of [
    ['newOwner', '/app'],
    ['superAdmin', '/admin'],
    ['partner', '/admin'],
    ['owner', '/app'],
  ] as const) {
    it(`are found from Home in ${mostSteps} steps: ${who}`, async () => {
      const { page } = await visit(platform.url, { as: people[who] });
      const problems: string[] = [];
      for (const job of all.filter((one) => one.who === who))
        problems.push(...(await problemOf(page, job, home)));
      assert.deepEqual(problems, []);
    });
  }

  it('are thirty at least, and a way that is not there is noticed', async () => {
    assert.ok(all.length >= 30, String(all.length));
    const { page } = await visit(platform.url, { as: people.superAdmin });
    const job: Job = { who: 'superAdmin', job: 'nothing', steps: ['People'], sees: /Not on this page/ };
    assert.equal((await problemOf(page, job, '/admin')).length, 1);
  });
});
