import assert from 'node:assert/strict';
import type { Caller, Platform } from '../../../support/api.ts';
import { startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const noParameters = { type: 'object', properties: {}, required: [] };
const note = (id: string, text: string) => ({ id, title: id, kind: 'record', change: 'note', text });

describe('[WF-4a] workflow templates', function () {
  this.timeout(120_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    owner = await platform.business();
  });
  after(() => platform.stop());

  async function create(caller: Caller, steps: unknown[], parameters: unknown = noParameters) {
    const body = { title: 'Mine', summary: 'Does things.', definition: { parameters, steps } };
    const made = await caller.call('POST', '/api/templates', body);
    assert.equal(made.status, 201, made.text);
    return made.body as { id: string; version: number; issues: { at: string; text: string }[] };
  }
  const publish = (caller: Caller, id: string, version: number) =>
    caller.call('POST', `/api/templates/${id}/publish`, { version });
  const ended = (workflowId: string) =>
    eventually(
      () => platform.processes.findProgress(workflowId),
      (found) => found?.open === false,
    );

  it('a copy of a curated one starts at once, and sends what it says', async () => {
    const list = await owner.call('GET', '/api/templates');
    assert.equal(list.body.items.length, 0);
    const curated = list.body.shared.filter(({ origin }: { origin: string }) => origin === 'curated');
    assert.ok(curated.length >= 5);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const [copy, again] = [
      await owner.call('POST', '/api/templates/wft_churnrescue/fork', {}, key),
      await owner.call('POST', '/api/templates/wft_churnrescue/fork', {}, key),
    ];
    assert.deepEqual([copy.status, copy.body], [201, again.body]);
    const email = `leaving-${crypto.randomUUID().slice(0, 8)}@example.com`;
    const parameters = { customer: 'Ada', email, why: 'Price', offer: '20 % off', value_minor: 12_000 };
    const start = (given: unknown, headers?: Record<string, string>) =>
      owner.call('POST', `/api/templates/${copy.body.id}/start`, { parameters: given }, headers);
    const wrong = await start({ ...parameters, email: 'nothing', why: 'Weather', offer: '' });
    assert.equal(wrong.status, 422);
    assert.deepEqual(Object.keys(wrong.body.errors ?? wrong.body.fields).sort(), [
      'parameters.email',
      'parameters.offer',
      'parameters.why',
    ]);
    const [first, second] = [await start(parameters, key), await start(parameters, key)];
    assert.equal(first.status, 202, first.text);
    assert.deepEqual(first.body, second.body);
    const [mail] = await eventually(
      () => platform.world.mails(email),
      (mails) => mails.length > 0,
    );
    assert.match(mail?.text ?? '', /Hello Ada,[\s\S]*20 % off/);
    const called = await eventually(
      () => platform.world.mails(owner.email),
      (mails) => mails.some(({ subject }) => subject === 'Call Ada today'),
    );
    assert.equal(called.filter(({ subject }) => subject === 'Call Ada today').length, 1);
    const run = await eventually(
      () => platform.processes.findProgress(first.body.workflowId),
      (found) => found?.progress.currentStep === 'days',
    );
    assert.equal(run?.progress.state, 'scheduled');
    assert.equal(run?.progress.steps.find(({ key: step }) => step === 'days')?.title, 'Wait three days');
  });

  it('says everything that is wrong at its place, and publishes only what is right', async () => {
    const made = await create(owner, [note('one', '{{ parameters.nothing }}'), note('two', 'fine')]);
    assert.deepEqual(
      made.issues.map(({ at }) => at),
      ['steps.0.text'],
    );
    const refused = await publish(owner, made.id, 1);
    assert.deepEqual([refused.status, refused.body.code], [422, 'template.invalid']);
    const notLive = await owner.call('POST', `/api/templates/${made.id}/start`, {});
    assert.deepEqual([notLive.status, notLive.body.code], [409, 'template.not-live']);
    const shape = {
      base: 1,
      definition: { parameters: noParameters, steps: [{ ...note('x', ''), extra: 1 }] },
    };
    const unsaved = await owner.call('POST', `/api/templates/${made.id}/versions`, shape);
    assert.equal(unsaved.status, 422);
    assert.ok('definition.steps.0.text' in (unsaved.body.errors ?? unsaved.body.fields), unsaved.text);
  });

  it('versions are fixed once published; runs finish on theirs; two who change at once don’t overwrite each other', async () => {
    const { id } = await create(owner, [note('one', 'first')]);
    assert.equal((await publish(owner, id, 1)).status, 200);
    const second = { base: 1, definition: { parameters: noParameters, steps: [note('one', 'second')] } };
    assert.equal((await owner.call('POST', `/api/templates/${id}/versions`, second)).status, 201);
    const late = await owner.call('POST', `/api/templates/${id}/versions`, second);
    assert.deepEqual([late.status, late.body.code], [409, 'template.changed']);
    const live = await owner.call('GET', `/api/templates/${id}`);
    assert.deepEqual([live.body.liveVersion, live.body.newestVersion], [1, 2]);
    const started = await owner.call('POST', `/api/templates/${id}/start`, {});
    assert.equal(started.body.version, 1, started.text);
    assert.equal((await ended(started.body.workflowId))?.progress.state, 'done');
    const notes = await platform.world.database.owner<{ body: { data: { note: string } } }>(
      `select body from events where tenant_id = $1 and action = 'note.added'`,
      [owner.tenantId],
    );
    assert.deepEqual(
      notes.map(({ body }) => body.data.note),
      ['first'],
    );
    const change = `update workflow_template_versions set definition = '{}' where template_id = $1 and version = 1`;
    await assert.rejects(platform.world.database.owner(change, [id]), /never changed/);
  });

  it('a dry run shows a whole run and touches nothing', async () => {
    const before = await platform.world.database.owner('select count(*)::int as n from mails');
    const answer = await owner.call('POST', '/api/templates/wft_newclientchecklist/dry-run', {
      parameters: { client: 'Lovelace', email: 'lovelace@example.com', tasks: ['Call', 'Sign'] },
    });
    assert.equal(answer.status, 200, answer.text);
    const { effects, startedAt, endsAt, state } = answer.body;
    assert.equal(state, 'done');
    assert.deepEqual(
      effects.map(({ path }: { path: string }) => path).filter((path: string) => path.startsWith('tasks')),
      ['tasks[0]/task_mail', 'tasks[0]/day', 'tasks[1]/task_mail', 'tasks[1]/day'],
    );
    assert.equal(Math.round((Date.parse(endsAt) - Date.parse(startedAt)) / 86_400_000), 16);
    assert.deepEqual(await platform.world.database.owner('select count(*)::int as n from mails'), before);
  });

  it('a step that fails waits for an administrator; an optional one does not', async () => {
    const steps = [
      {
        id: 'maybe',
        title: 'Maybe',
        kind: 'tool',
        server: 'stripe',
        tool: 'stripe_get_balance',
        arguments: {},
        optional: true,
      },
      note('after', 'Stripe: {{ steps.maybe.code }}'),
      { id: 'must', title: 'Must', kind: 'record', change: 'note', text: '{{ 1 / (index_of - 1) }}' },
    ];
    const parameters = { ...noParameters, properties: { index_of: { type: 'integer', default: 1 } } };
    steps[2] = note('must', '{{ 1 / (parameters.index_of - 1) }}') as never;
    const { id } = await create(owner, steps, parameters);
    assert.equal((await publish(owner, id, 1)).status, 200);
    const { body } = await owner.call('POST', `/api/templates/${id}/start`, {});
    const parked = await eventually(
      () => platform.processes.findProgress(body.workflowId),
      (found) => found?.progress.state === 'needsAttention',
    );
    const states = parked?.progress.steps.map(({ key, state }) => `${key} ${state}`);
    assert.deepEqual(states, ['maybe done', 'after done', 'must needsAttention']);
    assert.equal(parked?.progress.steps[2]?.error?.code, 'template.expression-failed');
  });

  it('a private address is called neither as it is written nor as it is looked up', async () => {
    const get = (id: string, url: string) => ({
      id,
      title: id,
      kind: 'http',
      method: 'GET',
      url,
      optional: true,
    });
    const { id } = await create(
      owner,
      [
        get('number', '=parameters.number'),
        get('name', '=parameters.name'),
        note('said', '{{ steps.number.code }} {{ steps.name.code }}'),
      ],
      {
        ...noParameters,
        properties: {
          number: { type: 'string', default: platform.url },
          name: { type: 'string', default: platform.url.replace('127.0.0.1', 'localhost') },
        },
      },
    );
    assert.equal((await publish(owner, id, 1)).status, 200);
    const { body } = await owner.call('POST', `/api/templates/${id}/start`, {});
    await ended(body.workflowId);
    const [said] = await platform.world.database.owner<{ note: string }>(
      `select body->'data'->>'note' as note from events where action = 'note.added' and workflow_id = $1`,
      [body.workflowId],
    );
    assert.equal(said?.note, 'http.not-public http.not-public');
  });

  it('businesses see their own and what the platform shares, and nothing of each other', async () => {
    const other = await platform.business();
    const admin = await platform.admin();
    const mine = await create(owner, [note('one', 'x')]);
    await publish(owner, mine.id, 1);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/versions', undefined],
      ['POST', '/dry-run', {}],
      ['POST', '/fork', {}],
      ['POST', '/start', {}],
      ['POST', '/publish', { version: 1 }],
    ] as const) {
      const answer = await other.call(method, `/api/templates/${mine.id}${path}`, body);
      assert.deepEqual([answer.status, answer.body.code], [404, 'template.not-found'], path);
    }
    const using = await create(other, [
      { id: 'sub', title: 'Sub', kind: 'template', template: mine.id, parameters: {} },
    ]);
    assert.deepEqual(
      using.issues.map(({ at }) => at),
      ['steps.0.template'],
    );
    const shared = await create(admin, [note('one', 'of the platform')]);
    assert.equal((await other.call('GET', `/api/templates/${shared.id}`)).status, 404);
    await publish(admin, shared.id, 1);
    assert.equal((await other.call('GET', `/api/templates/${shared.id}`)).status, 200);
    const change = await other.call('POST', `/api/templates/${shared.id}/publish`, { version: 1 });
    assert.deepEqual([change.status, change.body.code], [403, 'template.read-only']);
    const outer = await create(other, [
      { id: 'sub', title: 'Sub', kind: 'template', template: shared.id, parameters: {} },
    ]);
    await publish(other, outer.id, 1);
    const run = await other.call('POST', `/api/templates/${outer.id}/start`, {});
    const progress = (await ended(run.body.workflowId))?.progress;
    assert.deepEqual(
      progress?.steps.map(({ key, state }) => `${key} ${state}`),
      ['sub done', 'sub/one done'],
    );
    const forAnother = await admin.call('POST', `/api/templates/${shared.id}/start`, {
      tenantId: other.tenantId,
    });
    assert.equal(forAnother.status, 202, forAnother.text);
  });

  it('a copy is offered the newer version of its source, and takes it as a draft', async () => {
    const admin = await platform.admin();
    const source = await create(admin, [note('one', 'old')]);
    await publish(admin, source.id, 1);
    const copy = await owner.call('POST', `/api/templates/${source.id}/fork`, {});
    const path = `/api/templates/${copy.body.id}`;
    assert.equal((await owner.call('POST', `${path}/upgrade`, {})).body.code, 'template.version-not-found');
    const next = { base: 1, definition: { parameters: noParameters, steps: [note('one', 'new')] } };
    await admin.call('POST', `/api/templates/${source.id}/versions`, next);
    await publish(admin, source.id, 2);
    const upgraded = await owner.call('POST', `${path}/upgrade`, {});
    assert.deepEqual([upgraded.status, upgraded.body.version], [201, 2]);
    const now = await owner.call('GET', path);
    assert.deepEqual(
      [now.body.liveVersion, now.body.forkedVersion, now.body.definition.steps[0].text],
      [1, 2, 'new'],
    );
  });
});
