import assert from 'node:assert/strict';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { workflowId } from '../../../../workflows/define.ts';
import { startTemplatesContract } from '../../../../workflows/runs/start-templates.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const release = { type: 'system', id: 'test' } as const;

describe('[WF-4b] what starts workflow templates besides people', function () {
  this.timeout(120_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    owner = await platform.business();
  });
  after(async () => {
    await stopLooking().catch(() => undefined);
    await platform.stop();
  });

  /** Ends the run that looks for events. */
  async function stopLooking(): Promise<void> {
    const id = workflowId(PLATFORM_TENANT_ID, startTemplatesContract.name, 'all');
    const found = await platform.processes.findProgress(id);
    if (found) await platform.processes.terminate({ workflowId: id, runId: found.runId }, 'the test ends it');
  }

  const note = (text: string) => ({ id: 'note', title: 'Note', kind: 'record', change: 'note', text });
  const parameter = (name: string) => ({
    parameters: { type: 'object', properties: { [name]: { type: 'string' } }, required: [name] },
  });
  async function publish(caller: Caller, definition: unknown): Promise<string> {
    const made = await caller.call('POST', '/api/templates', { title: 'T', summary: 'S', definition });
    assert.deepEqual(made.body.issues, [], made.text);
    const done = await caller.call('POST', `/api/templates/${made.body.id}/publish`, { version: 1 });
    assert.equal(done.status, 200, done.text);
    return made.body.id as string;
  }
  const notes = (tenantId: string) =>
    platform.world.database
      .owner<{ note: string }>(
        `select body->'data'->>'note' as note from events where tenant_id = $1 and action = 'note.added' order by seq`,
        [tenantId],
      )
      .then((rows) => rows.map((row) => row.note));

  it('an event starts it once, where its condition holds, also after the looking itself was started anew', async () => {
    const started = await publish(owner, {
      ...parameter('who'),
      on: {
        action: 'invitation.created',
        if: 'event.data.role == "member"',
        parameters: { who: '{{ event.kind }} of {{ business.name }}' },
      },
      steps: [note('Asked: {{ parameters.who }}')],
    });
    const invite = (role: string, name: string) =>
      owner.call('POST', '/api/client/team/invitations', { email: `${name}@ev.example`, name, role });
    assert.equal((await invite('member', 'One')).status, 201);
    assert.equal((await invite('admin', 'Two')).status, 201);
    assert.equal((await invite('member', 'Three')).status, 201);
    const [seen] = await platform.world.database.owner<{ body: { data: unknown } }>(
      `select body from events where tenant_id = $1 and action = 'invitation.created' limit 1`,
      [owner.tenantId],
    );
    assert.ok(seen, 'the events are there');
    const look = () =>
      platform.processes.start(startTemplatesContract, { started: [] }, release).catch(() => undefined);
    await look();
    await eventually(
      () => notes(owner.tenantId),
      (found) => found.length === 2,
    );
    await stopLooking();
    await platform.world.database.owner('update workflow_templates set event_seq = 0 where id = $1', [
      started,
    ]);
    await look();
    await invite('member', 'Four');
    const found = await eventually(
      () => notes(owner.tenantId),
      (all) => all.length >= 3,
    );
    assert.deepEqual(found, Array(3).fill(`Asked: invitation of ${owner.name}`));
  });

  it('what a workflow of a template does starts no template, so none repeats for ever', async () => {
    const other = await platform.business();
    const id = await publish(other, {
      parameters: { type: 'object', properties: {}, required: [] },
      on: { action: 'note.added', parameters: {} },
      steps: [note('Again')],
    });
    const run = await other.call('POST', `/api/templates/${id}/start`, {});
    assert.equal(run.status, 202, run.text);
    await eventually(
      () => notes(other.tenantId),
      (found) => found.length === 1,
    );
    const [{ seq }] = (await platform.world.database.owner<{ seq: number }>(
      'select seq::int from event_heads where tenant_id = $1',
      [other.tenantId],
    )) as [{ seq: number }];
    await eventually(
      () =>
        platform.world.database.owner<{ at: number }>(
          'select event_seq::int as at from workflow_templates where id = $1',
          [id],
        ),
      ([row]) => (row?.at ?? 0) >= seq,
    );
    assert.deepEqual(await notes(other.tenantId), ['Again']);
  });

  it('a secret web address starts it once for each delivery, and stops when it is replaced or removed', async () => {
    const business = await platform.business();
    const id = await publish(business, {
      ...parameter('order'),
      steps: [note('Order {{ parameters.order }}')],
    });
    const create = async () => {
      const page = await business.form(`/workflow-templates/${id}/address`, {});
      assert.equal(page.status, 200, page.text.slice(0, 500));
      const [, path = ''] = /(\/hooks\/workflow-templates\/start\/[\w-]{43})/.exec(page.text) ?? [];
      assert.ok(path);
      return path;
    };
    const first = await create();
    const shown = await business.call('GET', `/workflow-templates/${id}?tab=starts`);
    assert.ok(!shown.text.includes(first), 'the secret is shown once');
    const stored = await platform.world.database.owner('select * from workflow_templates where id = $1', [
      id,
    ]);
    assert.ok(!JSON.stringify(stored).includes(first.split('/').at(-1) ?? ''));
    const deliver = (path: string, body: unknown, key?: string) =>
      fetch(platform.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { 'webhook-id': key }) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    assert.equal((await deliver(first, { order: 'A', extra: 1 }, 'delivery-1')).status, 202);
    assert.equal((await deliver(first, { order: 'A', extra: 2 }, 'delivery-1')).status, 202);
    assert.equal((await deliver(first, { order: 'B' })).status, 202);
    assert.equal((await deliver(first, { order: 'B' })).status, 202);
    await eventually(
      () => notes(business.tenantId),
      (found) => found.length === 2,
    );
    // Sent again after its run has ended, a delivery starts nothing.
    assert.equal((await deliver(first, { order: 'A' }, 'delivery-1')).status, 202);
    assert.equal((await deliver(first, { order: 5 })).status, 422);
    assert.equal((await deliver(first, 'no json')).status, 400);
    assert.equal((await fetch(platform.url + first)).status, 405);
    const second = await create();
    assert.equal((await deliver(first, { order: 'C' })).status, 404);
    assert.equal((await deliver(second, { order: 'D' })).status, 202);
    await eventually(
      () => notes(business.tenantId),
      (found) => found.includes('Order D'),
    );
    await business.form(`/workflow-templates/${id}/remove-address`, {});
    assert.equal((await deliver(second, { order: 'E' })).status, 404);
    assert.deepEqual((await notes(business.tenantId)).sort(), ['Order A', 'Order B', 'Order D']);
    const statuses = await Promise.all(
      Array.from({ length: 130 }, () => deliver(second, {}).then(({ status }) => status)),
    );
    assert.ok(statuses.includes(429));
    const [event] = await platform.world.database.owner<{ body: { actor: { id: string } } }>(
      `select body from events where tenant_id = $1 and action = 'workflow-template.started' limit 1`,
      [business.tenantId],
    );
    assert.equal(event?.body.actor.id, 'webhook');
  });

  it('a schedule starts the version that is live then, with parameters typed as JSON', async () => {
    const admin = await platform.admin();
    const id = await publish(admin, { ...parameter('day'), steps: [note('On {{ parameters.day }}')] });
    const page = await admin.call('GET', `/workflow-templates/${id}?tab=starts`);
    const [, href = ''] =
      /href="(\/admin\/schedules\/new\/run-template\?templateId=\w+)"/.exec(page.text) ?? [];
    assert.ok(href, page.text.slice(0, 300));
    assert.match((await admin.call('GET', href)).text, new RegExp(`value="${id}"`));
    const made = await admin.call('POST', '/api/admin/schedules', {
      process: 'run-template',
      input: { tenantId: owner.tenantId, templateId: id, parameters: { day: 'Monday' } },
      when: { kind: 'cron', cron: '0 9 * * *', timezone: 'UTC' },
      reason: 'To see that it starts a template',
    });
    assert.equal(made.status, 201, made.text);
    const now = await admin.call('POST', `/api/admin/schedules/${made.body.id}/trigger`, {
      reason: 'To see that it starts a template',
    });
    assert.equal(now.status, 200, now.text);
    await eventually(
      () => notes(owner.tenantId),
      (found) => found.includes('On Monday'),
    );
  });

  it('the event is chosen in the editor by a form, with what is wrong at its field', async () => {
    const made = await owner.call('POST', '/api/templates', {
      ...{ title: 'E', summary: 'S' },
      definition: { ...parameter('who'), steps: [] },
    });
    const id = made.body.id as string;
    const send = (base: number, fields: Record<string, string>) =>
      owner.form(`/workflow-templates/${id}/edit/event`, { base: String(base), ...fields });
    assert.equal((await send(1, { 'on.action': '' })).status, 422);
    const wrong = await send(1, { 'on.action': 'invitation.created', 'on.if': 'event.nothing' });
    assert.match(wrong.headers.get('location') ?? '', /new=event#panel$/);
    const page = await owner.call('GET', `/workflow-templates/${id}/edit?new=event`);
    assert.match(page.text, /id="event-on-if-error"/);
    assert.match(page.text, /id="event-on-parameters-who-error"/);
    const right = { 'on.action': 'invitation.created', 'on.parameters.who': '{{ event.about }}' };
    assert.equal((await send(2, right)).status, 303);
    const { body } = await owner.call('GET', `/api/templates/${id}`);
    assert.deepEqual(body.definition.on, {
      action: 'invitation.created',
      parameters: { who: '{{ event.about }}' },
    });
    assert.deepEqual(body.issues, []);
    const removed = await owner.form(`/workflow-templates/${id}/edit/remove-event`, { base: '3' });
    assert.equal(removed.status, 303);
  });
});
