import assert from 'node:assert/strict';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import { type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';
import { confirmEmailContract } from '../../../../workflows/identity/confirm-email.contract.ts';

type Business = Awaited<ReturnType<Platform['business']>>;

const why = 'Written by the test, as a reason';
/** Starts what a form would refuse: a person who is not there. */
const tester = { type: 'system', id: 'test' } as const;
const card = (number: string) => ({ number, expMonth: 12, expYear: 2034, cvc: '123' });
const profile = {
  legalName: 'Panadería Rivera SL',
  industry: 'Retail',
  teamSize: '2–10',
  country: 'ES',
  timezone: 'Europe/Madrid',
  language: 'en',
};

describe('runs as administrators see and steer them', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const submit = (business: Business, step: string, body: unknown) =>
    business.call('POST', `/api/client/onboarding/steps/${step}`, body);

  /** The run of a business, as soon as the projection lists it. */
  async function runOf(business: Business): Promise<string> {
    const list = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=onboard-tenant`),
      ({ body }) => body.items.length === 1,
    );
    return (list.body.items as ListedRun[])[0]?.runId ?? '';
  }

  async function upToTools(): Promise<{ business: Business; runId: string }> {
    const business = await platform.business();
    await submit(business, 'profile', profile);
    const plan = { planKey: 'growth', interval: 'month', start: 'now' };
    assert.equal((await submit(business, 'plan', { ...plan, card: card('4000000000000002') })).status, 402);
    assert.equal((await submit(business, 'plan', { ...plan, card: card('4242424242424242') })).status, 200);
    return { business, runId: await runOf(business) };
  }

  describe('[WF-1] the list', () => {
    it('leads to no tenant where none came of a sign-up', async () => {
      const { email } = await platform.business();
      const again = { businessName: 'Late Ltd', ownerName: 'Late Comer', email, password: testPassword };
      assert.equal((await platform.caller().call('POST', '/api/public/sign-up', again)).status, 202);
      const { body } = await eventually(
        () => admin.call('GET', '/api/admin/runs?process=onboard-tenant&state=refused'),
        (answer) => answer.body.items.length === 1,
      );
      const [run] = body.items;
      assert.deepEqual([run.title, run.tenant.name], ['Onboarding', null]);
      for (const path of ['/admin/workflows?state=refused', `/admin/workflows/${run.runId}`]) {
        const page = await admin.call('GET', path);
        assert.match(page.text, /No tenant created/);
        assert.ok(!page.text.includes(`/admin/tenants/${run.tenant.id}`), path);
      }
    });

    it('finds a run by its tenant, its id and its state, and passes over empty filters', async () => {
      const business = await platform.business('Nordlicht Yoga');
      const runId = await runOf(business);
      const list = async (query: string) => {
        const { body } = await admin.call('GET', `/api/admin/runs?${query}`);
        return (body.items as ListedRun[]).map((run) => run.runId);
      };
      assert.deepEqual(await list('q=nordlicht'), [runId]);
      assert.deepEqual(await list(`q=${runId}&process=&state=&cursor=`), [runId]);
      await eventually(
        () => list('state=waiting&unknown=1'),
        (found) => found.includes(runId),
      );
      assert.ok(!(await list('state=failed')).includes(runId));
      assert.equal((await admin.call('GET', '/api/admin/runs?cursor=nonsense')).status, 422);
    });
  });

  it('[WF-1] counts no tries for what only waits, and offers no order that there is not', async () => {
    const business = await platform.business();
    const invited = { email: 'ines@example.com', name: 'Ines', role: 'member' };
    assert.equal((await business.call('POST', '/api/client/team/invitations', invited)).status, 201);
    const list = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=send-invite`),
      ({ body }) => body.items[0]?.state === 'waiting',
    );
    const [run] = list.body.items;
    assert.deepEqual([run.currentStep, run.attempts], ['answer', 0]);
    const { body } = await admin.call('GET', `/api/admin/runs/${run.runId}`);
    assert.deepEqual(
      body.steps.map(({ key, attempts }: { key: string; attempts: number }) => [key, attempts]),
      [
        ['invite', 1],
        ['answer', 0],
      ],
    );
    const page = (query: string) => admin.call('GET', `/admin/workflows/${run.runId}${query}`);
    assert.match((await page('?step=invite')).text, /<dt>Attempts<\/dt><dd>1</);
    const { text } = await page('');
    assert.match(text, /<dt>Attempts<\/dt><dd>–</);
    assert.match(text, /Workflow id<[^]*?t:ten_[a-z0-9]+:send-invite:/);
    for (const [path, missing] of [
      ['/admin/workflows', 'sort=duration'],
      ['/admin/people', 'sort=sign-in'],
    ] as const)
      assert.ok(!(await admin.call('GET', path)).text.includes(missing), path);
  });

  describe('[WF-2] the run page', () => {
    let runId: string;
    let business: Business;
    before(async () => ({ business, runId } = await upToTools()));

    const page = (query: string) => admin.call('GET', `/admin/workflows/${runId}?${query}`);

    it('reads the truth from Temporal: steps with tries, and why it waits', async () => {
      const { body } = await admin.call('GET', `/api/admin/runs/${runId}`);
      assert.equal(body.source, 'temporal');
      assert.equal(body.currentStep, 'tools');
      assert.equal(body.why.text.split('.')[0], 'Waiting for the owner to choose tools');
      assert.equal(body.steps.find(({ key }: { key: string }) => key === 'plan').attempts, 2);
    });

    it('shows the attempts of a step with what went wrong, on the timeline and in the chosen step', async () => {
      const { text } = await page('step=plan');
      assert.match(text, /Plan and payment: [^"]*Attempt 1: Refused\. Your card was declined\./);
      assert.match(text, /Plan and payment: [^"]*Attempt 2: Done\./);
      assert.match(text, /aria-current="step"[^]*Plan and payment/);
      const table = /<table[^>]*>\s*<caption[^>]*>Attempts of the step<[^]*?<\/table>/.exec(text)?.[0] ?? '';
      assert.match(table, /Attempt 1[^]*Refused[^]*Your card was declined\.[^]*Attempt 2[^]*Done/);
      assert.match(text, /: input/);
      assert.match(text, /Started by/);
      assert.match(text, /Olga Owner/);
    });

    it('tells the history in words, whole and raw; together what belongs together', async () => {
      const compact = (await page('tab=history')).text;
      assert.match(compact, /Request “Submit step”/);
      assert.match(compact, /Request refused · after .* · Step: plan · Your card was declined\./);
      assert.ok(!compact.includes('WorkflowTaskScheduled'));
      const full = (await page('tab=history&view=full')).text;
      assert.match(full, /WorkflowTaskScheduled/);
      assert.match((await page('tab=history&view=raw')).text, /ActivityTaskScheduled/);
    });

    it('shows each event of a long history once, in parts of at most forty', async () => {
      const ids: string[] = [];
      let next = 'tab=history&view=full';
      while (next) {
        const { text } = await page(next);
        const shown = [...text.matchAll(/<code>(\d+) \w+<\/code>/g)].map(([, id]) => id ?? '');
        assert.ok(shown.length > 0 && shown.length <= 40, next);
        ids.push(...shown);
        next =
          /\?(tab=history&amp;view=full&amp;cursor=[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      }
      assert.ok(ids.length > 40, String(ids.length));
      assert.deepEqual(
        ids,
        ids.map((_, at) => String(at + 1)),
      );
      assert.equal((await page('tab=history&view=full&cursor=nonsense')).status, 422);
    });

    it('decodes inputs and results and lets no secret or address through', async () => {
      const pages = await Promise.all(
        ['data', 'history&view=raw', 'history&view=full'].map((tab) => page(`tab=${tab}`)),
      );
      assert.match(pages[0]?.text ?? '', /Panadería Rivera SL/);
      for (const { text, status } of pages) {
        assert.equal(status, 200);
        for (const secret of [business.email, 'argon2', 'pm_']) assert.ok(!text.includes(secret), secret);
      }
    });

    it('shows who stepped in, and where the code stands', async () => {
      assert.match((await page('tab=audit')).text, /Subscription started/);
      const stack = await admin.call('GET', `/admin/workflows/${runId}/stack`);
      assert.match(stack.text, /onboardTenant|condition/);
      assert.ok(!stack.text.includes('<!doctype'));
    });

    it('does not exist for an id that is not one, and for a partner of others', async () => {
      const partner = await platform.partner();
      for (const path of [
        `/api/admin/runs/${runId}`,
        `/admin/workflows/${runId}`,
        `/admin/workflows/${runId}/live`,
      ]) {
        assert.equal((await partner.call('GET', path)).status, 404, path);
      }
      assert.equal((await admin.call('GET', '/api/admin/runs/nonsense')).status, 404);
      assert.equal((await admin.call('GET', `/api/admin/runs/${crypto.randomUUID()}`)).status, 404);
    });

    it('sends the live part again when the run changes, and says when it has ended', async () => {
      const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(`${platform.url}/admin/workflows/${runId}/live`, { headers: { cookie } });
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
      let heard = '';
      const listening = (async () => {
        for await (const chunk of response.body ?? []) heard += Buffer.from(chunk as Uint8Array).toString();
      })();
      await eventually(
        async () => heard,
        (text) => text.includes('to choose tools'),
      );
      const first = heard.length;
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      assert.equal(heard.length, first, 'nothing is sent while nothing changes');
      await submit(business, 'tools', { tools: ['stripe'] });
      await eventually(
        async () => heard,
        (text) => text.includes('to choose a website'),
      );
      assert.equal(
        (await admin.call('POST', `/api/admin/runs/${runId}/cancel`, { reason: why })).status,
        200,
      );
      await listening;
      assert.match(heard, /event: ended\ndata: \n\n$/);
    });
  });

  describe('[WF-3] acts with a reason', () => {
    const act = (runId: string, kind: string, body: unknown) =>
      admin.call('POST', `/api/admin/runs/${runId}/${kind}`, body);

    it('skips what may be skipped and writes down who and why', async () => {
      const { runId, business } = await upToTools();
      assert.equal((await act(runId, 'skip-step', { step: 'tools', reason: 'short' })).status, 422);
      assert.equal(
        (await act(runId, 'skip-step', { step: 'review', reason: why })).body.code,
        'step.not-skippable',
      );
      assert.equal(
        (await act(runId, 'skip-step', { step: 'nonsense', reason: why })).body.code,
        'step.not-found',
      );
      assert.equal(
        (await act(runId, 'retry-step', { step: 'tools', reason: why })).body.code,
        'step.not-open',
      );
      const done = await act(runId, 'skip-step', { step: 'tools', reason: why });
      assert.deepEqual([done.status, done.body.currentStep], [200, 'website']);
      const { body } = await admin.call(
        'GET',
        `/api/admin/audit-events?tenant=${business.tenantId}&action=run.step-skipped`,
      );
      assert.equal(body.items.length, 1);
      assert.deepEqual(body.items[0].data, { step: 'tools', reason: why });
      assert.match((await admin.call('GET', `/admin/workflows/${runId}?tab=audit`)).text, new RegExp(why));
    });

    it('opens the dialog again when the reason is too short', async () => {
      const { runId } = await upToTools();
      const answer = await admin.form(`/admin/workflows/${runId}/skip-step`, { step: 'tools', reason: 'no' });
      assert.equal(answer.status, 422);
      assert.match(answer.text, /<dialog[^>]*id="do-skip-step"[^>]*open/);
      const done = await admin.form(`/admin/workflows/${runId}/skip-step`, { step: 'tools', reason: why });
      assert.deepEqual([done.status, done.headers.get('location')], [303, `/admin/workflows/${runId}`]);
    });

    for (const [kind, action] of [
      ['cancel', 'run.cancelled'],
      ['terminate', 'run.terminated'],
    ] as const) {
      it(`${kind}s a run, keeps the reason, and refuses to do it again`, async () => {
        const business = await platform.business();
        const runId = await runOf(business);
        assert.equal((await act(runId, kind, { reason: why })).status, 200);
        const ended = await eventually(
          () => admin.call('GET', `/api/admin/runs/${runId}`),
          ({ body }) => body.closedAt !== null,
        );
        assert.equal(ended.body.state, 'stopped');
        const audit = await admin.call(
          'GET',
          `/api/admin/audit-events?tenant=${business.tenantId}&action=${action}`,
        );
        assert.equal(audit.body.items[0].data.reason, why);
        const again = await act(runId, kind, { reason: why });
        assert.deepEqual([again.status, again.body.code], [409, 'run.ended']);
      });
    }

    it('tries a step that needs help again, gives it up, and asks for help on the home page meanwhile', async () => {
      const { tenantId, name } = await platform.business();
      const input = { tenantId, userId: 'usr_00000000000000000000000000' };
      const started = await platform.processes.start(confirmEmailContract, input, tester);
      const { runId } = started;
      const standing = (attempts: number) =>
        eventually(
          () => admin.call('GET', `/api/admin/runs/${runId}`),
          ({ status, body }) =>
            status === 200 && body.state === 'needsAttention' && body.steps[0].attempts === attempts,
        );
      const { body } = await standing(1);
      assert.equal(body.why.action, 'retry');
      assert.match(body.why.text, /^“Send the link” failed\. Person not found\./);
      const { text } = await admin.call('GET', `/admin/workflows/${runId}`);
      assert.match(text, /What went wrong\?/);
      assert.match(text, /Retried from the run page/);
      // The home page reads the projection, which is a moment behind.
      await eventually(
        () => admin.call('GET', '/admin'),
        (home) => home.text.includes(`Email confirmation of ${name}: `),
      );
      assert.equal(
        (await act(runId, 'skip-step', { step: 'send', reason: why })).body.code,
        'step.not-skippable',
      );
      const again = await admin.form(`/admin/workflows/${runId}/retry-step`, { step: 'send', reason: why });
      assert.equal(again.status, 303);
      await standing(2);
      assert.match((await admin.call('GET', `/admin/workflows/${runId}`)).text, /Attempt 2: Failed/);
      assert.equal((await act(runId, 'fail-step', { step: 'send', reason: why })).status, 200);
      const ended = await eventually(
        () => admin.call('GET', `/api/admin/runs/${runId}`),
        (answer) => answer.body.closedAt !== null,
      );
      assert.equal(ended.body.state, 'failed');
    });

    it('offers what helps the customer first: a reminder at one click, then more time, then to skip', async () => {
      const { runId, business } = await upToTools();
      const { text } = await admin.call('GET', `/admin/workflows/${runId}`);
      const why = /<section class="bz-why[^]*?<\/section>/.exec(text)?.[0] ?? '';
      assert.match(why, /next reminder email immediately[^]*Send a reminder now[^]*Extend…[^]*Skip step…/);
      const reason = /name="reason" value="([^"]+)"/.exec(why)?.[1] ?? '';
      const mailsBefore = (await platform.world.mails(business.email)).length;
      const sent = await admin.form(`/admin/workflows/${runId}/remind`, { reason });
      assert.deepEqual([sent.status, sent.headers.get('location')], [303, `/admin/workflows/${runId}`]);
      await eventually(
        () => platform.world.mails(business.email),
        (mails) => mails.length === mailsBefore + 1,
      );
      const seen = (await admin.call('GET', `/admin/workflows/${runId}?tab=audit`)).text;
      assert.match(seen, new RegExp(`Reminder sent manually · Step: Tools[^]*${reason}`));
      const more = await act(runId, 'extend', { days: 3, reason: 'They asked for it on the phone' });
      assert.equal(more.status, 200);
      const refused = await admin.form(`/admin/workflows/${runId}/extend`, { days: '99', reason });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /<dialog[^>]*id="do-extend"[^>]*open[^]*value="99"/);
    });

    it('sends no reminder where the run waits for no one', async () => {
      const { runId } = await upToTools();
      await act(runId, 'cancel', { reason: why });
      await eventually(
        () => admin.call('GET', `/api/admin/runs/${runId}`),
        ({ body }) => body.closedAt !== null,
      );
      assert.equal((await act(runId, 'remind', { reason: why })).body.code, 'run.ended');
      assert.ok(!(await admin.call('GET', `/admin/workflows/${runId}`)).text.includes('Send a reminder now'));
      const { tenantId } = await platform.business();
      const input = { tenantId, userId: 'usr_00000000000000000000000000' };
      const started = await platform.processes.start(confirmEmailContract, input, tester);
      const other = await eventually(
        () => act(started.runId, 'remind', { reason: why }),
        ({ status }) => status !== 404,
      );
      assert.equal(other.body.code, 'step.not-open');
    });

    it('lets a partner help the own customers, look at their runs, and steer nothing', async () => {
      const { runId, business } = await upToTools();
      const partner = await platform.partner();
      await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
        partner.partnerId,
        business.tenantId,
      ]);
      const seen = await partner.call('GET', `/admin/workflows/${runId}`);
      assert.equal(seen.status, 200);
      assert.ok(seen.text.includes('Send a reminder now'));
      assert.ok(!seen.text.includes('Terminate…') && !seen.text.includes('Skip step…'));
      assert.equal(
        (await partner.call('POST', `/api/admin/runs/${runId}/remind`, { reason: why })).status,
        200,
      );
      assert.equal(
        (await partner.call('POST', `/api/admin/runs/${runId}/cancel`, { reason: why })).status,
        403,
      );
    });
  });
});
