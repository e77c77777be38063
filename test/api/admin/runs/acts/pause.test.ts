import assert from 'node:assert/strict';
import { AppError } from '../../../../../db/domain/errors.ts';
import { confirmEmailContract } from '../../../../../workflows/identity/confirm-email.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';

const reason = 'Held up by the test, as a reason';
const tester = { type: 'system', id: 'test' } as const;

describe('[WF-3] runs and their work are paused and resumed', function () {
  this.timeout(180_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const act = (runId: string, kind: string, body: unknown) =>
    admin.call('POST', `/api/admin/runs/${runId}/${kind}`, body);
  const read = async (runId: string) => (await admin.call('GET', `/api/admin/runs/${runId}`)).body;
  const recorded = async (tenantId: string, action: string) => {
    const path = `/api/admin/audit-events?tenant=${tenantId}&action=${action}`;
    return (await admin.call('GET', path)).body.items.map(({ data }: { data: unknown }) => data);
  };

  async function waitingRun() {
    const business = await platform.business();
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&state=waiting`),
      (answer) => answer.body.items.length === 1,
    );
    return { business, runId: body.items[0].runId as string };
  }

  describe('a run', () => {
    it('is held up with its reason, takes nothing meanwhile, and continues', async () => {
      const { runId, business } = await waitingRun();
      assert.equal((await act(runId, 'pause', { reason: 'short' })).status, 422);
      assert.deepEqual((await act(runId, 'unpause', { reason })).body.code, 'run.not-paused');
      const done = await act(runId, 'pause', { reason });
      assert.deepEqual([done.status, done.body.paused], [200, true], done.text);

      const { items } = (await admin.call('GET', `/api/admin/why?run=${runId}`)).body;
      assert.equal(items[0].code, 'paused');
      assert.match(items[0].text, /^Paused for .* by .*: Held up by the test, as a reason\. It continues/);
      const page = (await admin.call('GET', `/admin/workflows/${runId}`)).text;
      assert.match(page, /Held up by the test/);
      assert.match(page, /Resume…/);
      assert.ok(!page.includes('Skip step…') && !page.includes('Send a reminder now'));

      for (const [kind, body] of [
        ['pause', { reason }],
        ['cancel', { reason }],
        ['remind', { reason }],
        ['retry-step', { step: 'profile', reason }],
      ] as const) {
        const refused = await act(runId, kind, body);
        assert.deepEqual([refused.status, refused.body.code], [409, 'run.paused'], kind);
      }

      const form = await admin.form(`/admin/workflows/${runId}/unpause`, { reason: 'no' });
      assert.equal(form.status, 422);
      assert.match(form.text, /<dialog[^>]*id="do-unpause"[^>]*open/);
      const resumed = await admin.form(`/admin/workflows/${runId}/unpause`, { reason });
      assert.equal(resumed.status, 303);
      assert.equal((await read(runId)).paused, false);
      assert.equal((await act(runId, 'remind', { reason })).status, 200);
      assert.deepEqual(await recorded(business.tenantId, 'run.paused'), [{ reason }]);
      assert.deepEqual(await recorded(business.tenantId, 'run.resumed'), [{ reason }]);
    });

    it('keeps what reaches it while it is paused', async () => {
      const { runId, business } = await waitingRun();
      assert.equal((await act(runId, 'pause', { reason })).status, 200);
      const kept = await admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&state=waiting`);
      assert.equal(kept.body.items.length, 1, 'the list still holds it');
      assert.equal((await act(runId, 'terminate', { reason })).status, 200);
      const ended = await eventually(
        () => read(runId),
        ({ closedAt }) => closedAt !== null,
      );
      assert.equal(ended.state, 'stopped');
      for (const kind of ['pause', 'unpause']) {
        const refused = await act(runId, kind, { reason });
        assert.deepEqual([refused.status, refused.body.code], [409, 'run.ended'], kind);
      }
    });

    it('is paused by administrators only', async () => {
      const { runId, business } = await waitingRun();
      const partner = await platform.partner();
      for (const path of ['pause', 'unpause', 'pause-activity', 'unpause-activity', 'reset-activity']) {
        for (const caller of [partner, business]) {
          const refused = await caller.call('POST', `/api/admin/runs/${runId}/${path}`, { reason });
          assert.equal(refused.status, 403, path);
        }
      }
    });
  });

  describe('a piece of its work', () => {
    it('is held up, tried again at once, and resumed', async () => {
      const { mailer } = platform.world.deps;
      const { send } = mailer;
      const business = await platform.business();
      mailer.send = () => Promise.reject(new AppError('service.unavailable'));
      try {
        const input = { tenantId: business.tenantId, userId: business.userId };
        const { runId } = await platform.processes.start(confirmEmailContract, input, tester);
        const tried = await eventually(
          () => admin.call('GET', `/api/admin/runs/${runId}`),
          ({ status, body }) => status === 200 && body.pendingActivities[0]?.attempt > 1,
        );
        const activityId = tried.body.pendingActivities[0].id as string;
        const body = { activityId, reason };
        assert.equal((await act(runId, 'pause-activity', { activityId: 'no', reason })).status, 404);
        assert.equal((await act(runId, 'unpause-activity', body)).body.code, 'work.not-paused');
        assert.equal((await act(runId, 'pause-activity', { reason })).status, 422);
        const paused = await act(runId, 'pause-activity', body);
        assert.equal(paused.status, 200, paused.text);
        assert.equal((await act(runId, 'pause-activity', body)).body.code, 'work.paused');

        const { items } = (await admin.call('GET', `/api/admin/why?run=${runId}`)).body;
        assert.deepEqual(
          items.map(({ code }: { code: string }) => code),
          ['paused'],
        );
        assert.match(items[0].text, /^“Send mail” is paused for .* by .*: Held up by the test/);
        const { text } = await admin.call('GET', `/admin/workflows/${runId}?tab=work`);
        assert.match(text, /Send mail[^]*Paused[^]*by [^<]*: Held up by the test[^]*Resume…/);

        const form = await admin.form(`/admin/workflows/${runId}/reset-activity`, {
          activityId,
          reason: 'no',
        });
        assert.equal(form.status, 422);
        assert.match(form.text, new RegExp(`<dialog[^>]*id="do-reset-activity-${activityId}"[^>]*open`));
        assert.equal((await act(runId, 'reset-activity', body)).status, 200);
        await eventually(
          () => read(runId),
          ({ pendingActivities: [work] }) => work.attempt === 1 && work.hold !== null,
        );

        mailer.send = send;
        const resumed = await admin.form(`/admin/workflows/${runId}/unpause-activity`, body);
        assert.deepEqual(
          [resumed.status, resumed.headers.get('location')],
          [303, `/admin/workflows/${runId}?tab=work`],
        );
        await eventually(
          () => read(runId),
          ({ state }) => state === 'done',
        );
        assert.equal((await act(runId, 'pause-activity', body)).body.code, 'run.ended');
        for (const action of ['run.work-paused', 'run.work-reset', 'run.work-resumed'])
          assert.deepEqual(await recorded(business.tenantId, action), [
            { activityId, activity: 'sendMail', reason },
          ]);
      } finally {
        mailer.send = send;
      }
    });
  });
});
