import assert from 'node:assert/strict';
import { curatedTemplates } from '../../../../templates/workflows/curated.ts';
import type { Definition, Step } from '../../../../db/domain/runs/templates/definition.ts';
import { childrenOf } from '../../../../db/domain/runs/templates/definition.ts';
import { typedParameter } from '../../../../db/domain/runs/templates/edit/parameter-form.ts';
import { typedStep } from '../../../../db/domain/runs/templates/edit/step-form.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

type Fields = Record<string, string>;

/** Fields of a form with dots between the names, as a browser sends them. */
function flat(prefix: string, values: Record<string, unknown>): Fields {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(flat(`${prefix}.${name}`, value as Record<string, unknown>))
        : [[`${prefix}.${name}`, String(value)]],
    ),
  );
}

describe('[WF-4b] pages of workflow templates', function () {
  this.timeout(180_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    owner = await platform.business();
  });
  after(() => platform.stop());

  const locationOf = ({ headers, status, text }: Awaited<ReturnType<Caller['form']>>) => {
    assert.equal(status, 303, text.slice(0, 2_000));
    return headers.get('location') ?? '';
  };

  /** A new template of one’s own, made by its form. */
  async function create(caller: Caller, title: string): Promise<string> {
    const made = await caller.form('/workflow-templates/new', {
      title,
      summary: 'Does things.',
      requestKey: crypto.randomUUID(),
    });
    return /wft_\w+/.exec(locationOf(made))?.[0] ?? '';
  }

  /** Sends a form of the editor for the version that is the newest now. */
  function editor(caller: Caller, id: string) {
    let base = 1;
    return {
      get base() {
        return base;
      },
      async send(form: string, fields: Fields) {
        const sent = await caller.form(`/workflow-templates/${id}/edit/${form}`, {
          base: String(base),
          ...fields,
        });
        if (sent.status === 303) base += 1;
        return sent;
      },
    };
  }

  const titled = (id: string, title: string) => ({ 'step.id': id, 'step.title': title });

  it('every curated template is built from empty by forms, without JSON', async () => {
    for (const { id: curatedId, title, definition } of curatedTemplates) {
      const id = await create(owner, `${title}, rebuilt`);
      const { send } = editor(owner, id);
      const { properties, required } = definition.parameters;
      for (const [name, parameter] of Object.entries(properties)) {
        const fields = flat('parameter', typedParameter(name, parameter, required.includes(name)));
        if (fields['parameter.required'] === 'false') delete fields['parameter.required'];
        locationOf(await send('parameter', fields));
      }
      const build = async (steps: readonly Step[], list: string): Promise<void> => {
        for (const [index, step] of steps.entries()) {
          const at = `${list}.${index}`;
          const fields = flat('step', typedStep(step));
          locationOf(await send('step', { at, kind: step.kind, isNew: 'yes', ...fields }));
          for (const { place, steps: inside } of childrenOf(step)) await build(inside, `${at}.${place}`);
        }
      };
      await build(definition.steps, 'steps');
      const { body } = await owner.call('GET', `/api/templates/${id}`);
      assert.deepEqual(body.definition, definition, curatedId);
      assert.deepEqual(body.issues, [], curatedId);
    }
  });

  it('the list holds what is one’s own and what can be used, finds by words and state, and copies', async () => {
    const other = await platform.business();
    const empty = await other.call('GET', '/workflow-templates');
    assert.match(empty.text, /No templates yet/);
    assert.match(empty.text, /Invoice reminder/);
    const copied = await other.form('/workflow-templates/wft_invoicereminder/copy', {
      requestKey: crypto.randomUUID(),
    });
    const id = /wft_\w+/.exec(locationOf(copied))?.[0] ?? '';
    const draft = await create(other, 'Half done');
    const list = await other.call('GET', '/workflow-templates');
    assert.match(list.text, new RegExp(`/workflow-templates/${id}`));
    assert.match(list.text, /Half done/);
    const drafts = (await other.call('GET', '/workflow-templates?state=draft')).text;
    assert.ok(drafts.includes(draft) && !drafts.includes(id));
    const found = (await other.call('GET', '/workflow-templates?q=half')).text;
    assert.ok(found.includes(draft) && !found.includes(id) && !found.includes('wft_churnrescue'));
    assert.match(
      (await other.call('GET', '/workflow-templates?q=nothing-like-it')).text,
      /No templates match/,
    );
    assert.equal((await owner.call('GET', `/workflow-templates/${id}`)).status, 404);
    assert.equal((await owner.call('GET', `/workflow-templates/${id}/edit`)).status, 404);
    const page = await other.call('GET', '/workflow-templates/wft_invoicereminder?tab=graph');
    assert.match(page.text, /<svg role="img" aria-labelledby="graph-title graph-desc"/);
    assert.match(page.text, /Waits until addDays\(parameters.due, -3\)/);
  });

  it('a step is added, moved, changed and deleted; each can be undone, and all of it discarded', async () => {
    const id = await create(owner, 'Moves');
    const at = editor(owner, id);
    const note = (place: string, name: string) =>
      at.send('step', {
        ...{ at: place, kind: 'record', isNew: 'yes', 'step.change': 'note', 'step.text': 'x' },
        'step.title': name,
      });
    locationOf(await note('steps.0', 'First'));
    locationOf(await note('steps.1', 'First'));
    const read = async () => {
      const { body } = await owner.call('GET', `/api/templates/${id}`);
      return body as { definition: Definition; newestVersion: number };
    };
    const names = async () => (await read()).definition.steps.map((step) => step.id);
    assert.deepEqual(await names(), ['first', 'first_2']);
    locationOf(await at.send('move', { do: 'up steps.1' }));
    assert.deepEqual(await names(), ['first_2', 'first']);
    assert.equal(
      (await owner.form(`/workflow-templates/${id}/publish`, { version: '4', label: 'One' })).status,
      303,
    );
    locationOf(
      await at.send('step', { at: 'steps.2', kind: 'parallel', isNew: 'yes', ...titled('both', 'Both') }),
    );
    locationOf(await at.send('move', { do: 'add-branch steps.2' }));
    locationOf(
      await at.send('step', {
        ...{ at: 'steps.2.branches.2.0', kind: 'wait', isNew: 'yes', 'step.for.days': '=parameters.days' },
        ...titled('pause', 'Pause'),
      }),
    );
    const { steps } = (await read()).definition;
    assert.deepEqual(
      steps[2]?.kind === 'parallel' && steps[2].branches.map((list) => list.map((step) => step.id)),
      [[], [], ['pause']],
    );
    const page = await owner.call('GET', `/workflow-templates/${id}/edit?step=steps.2.branches.2.0`);
    assert.match(page.text, /There is no “days” here/);
    locationOf(await at.send('move', { do: 'remove steps.0' }));
    assert.deepEqual(await names(), ['first', 'both']);
    const undo = () => owner.form(`/workflow-templates/${id}/edit/undo`, {});
    locationOf(await undo());
    assert.deepEqual(await names(), ['first_2', 'first', 'both']);
    locationOf(await undo());
    const twice = (await read()).definition.steps[2];
    assert.deepEqual(twice?.kind === 'parallel' && twice.branches, [[], [], []]);
    locationOf(await owner.form(`/workflow-templates/${id}/edit/discard`, {}));
    assert.deepEqual(await names(), ['first_2', 'first']);
    const after = await owner.call('GET', `/workflow-templates/${id}`);
    assert.match(after.text, /Published/);
    assert.doesNotMatch(after.text, /Unpublished changes|aren’t published/);
    assert.match(after.text, /One/);
  });

  it('what is wrong stands at its step and field, and nothing typed is lost', async () => {
    const id = await create(owner, 'Wrong');
    const { send } = editor(owner, id);
    const mail = {
      ...{ at: 'steps.0', kind: 'mail', isNew: 'yes', 'step.title': 'Write' },
      ...{ 'step.to': 'someone', 'step.subject': '', 'step.body': 'Kept text' },
    };
    const refused = await send('step', mail);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="step-step-subject-error"/);
    assert.match(refused.text, /Kept text/);
    const saved = await send('step', { ...mail, 'step.subject': '{{ parameters.none }}' });
    assert.match(locationOf(saved), /edit\?step=steps.0#panel$/);
    const page = await owner.call('GET', `/workflow-templates/${id}/edit?step=steps.0`);
    assert.match(page.text, /id="step-step-to-error"/);
    assert.match(page.text, /id="step-step-subject-error"/);
    const publish = await owner.form(`/workflow-templates/${id}/publish`, { version: '2', label: '' });
    assert.equal(publish.status, 422);
    const stale = await owner.form(`/workflow-templates/${id}/edit/step`, { ...mail, base: '1' });
    assert.equal(stale.status, 409);
    assert.match(stale.text, /newer version[\s\S]*Kept text/);
    const json = await send('json', { definition: '{"steps": ' });
    assert.equal(json.status, 422);
    assert.match(json.text, /This isn’t JSON/);
    const unreadable = await send('json', {
      definition: JSON.stringify({ parameters: { type: 'object', properties: {} }, steps: [{ id: 'x' }] }),
    });
    assert.match(unreadable.text, /steps\.0/);
  });

  it('a dry run shows every step with its dates and the way it took, and a start leads to the run and back', async () => {
    const copied = await owner.form('/workflow-templates/wft_churnrescue/copy', {
      requestKey: crypto.randomUUID(),
    });
    const id = /wft_\w+/.exec(locationOf(copied))?.[0] ?? '';
    const form = await owner.call('GET', `/workflow-templates/${id}/dry-run`);
    assert.match(form.text, /What you offer them/);
    const given = {
      'parameters.customer': 'Ada',
      'parameters.email': `ada-${crypto.randomUUID().slice(0, 6)}@example.com`,
      'parameters.why': 'Price',
      'parameters.offer': '20 % off',
      'parameters.value_minor': '500',
    };
    const missing = await owner.form(`/workflow-templates/${id}/dry-run`, {
      version: '1',
      'parameters.why': 'x',
    });
    assert.equal(missing.status, 422);
    assert.match(missing.text, /id="f-parameters-email-error"/);
    const run = await owner.form(`/workflow-templates/${id}/dry-run`, { version: '1', ...given });
    assert.equal(run.status, 200, run.text.slice(0, 1_000));
    assert.match(run.text, /It would finish/);
    assert.match(run.text, /Would wait until/);
    assert.match(run.text, /bz-node-left[^>]*><title>|bz-node bz-node-mail bz-node-left/);
    const start = await owner.form(`/workflow-templates/${id}/start`, {
      ...given,
      requestKey: crypto.randomUUID(),
    });
    assert.match(locationOf(start), /\?tab=runs$/);
    const runs = await eventually(
      () => owner.call('GET', `/workflow-templates/${id}?tab=runs`),
      ({ text }) => /workflow-templates\/wft_\w+\/runs\/[0-9a-f-]{36}/.test(text),
    );
    const href = /\/workflow-templates\/wft_\w+\/runs\/[0-9a-f-]{36}/.exec(runs.text)?.[0] ?? '';
    const page = await eventually(
      () => owner.call('GET', href),
      ({ text }) => /Runs on version 1/.test(text) && /Wait three days/.test(text),
    );
    assert.match(page.text, new RegExp(`/workflow-templates/${id}\\?tab=runs`));
    const stranger = await platform.business();
    assert.equal((await stranger.call('GET', href)).status, 404);
    const admin = await platform.admin();
    const control = await admin.call('GET', `/admin/workflows/${href.split('/').at(-1)}`);
    assert.match(control.text, new RegExp(`/workflow-templates/${id}"`));
  });

  it('an administrator starts one for a business by its name', async () => {
    const admin = await platform.admin();
    const id = await create(admin, 'For another');
    locationOf(
      await editor(admin, id).send('step', {
        ...{ at: 'steps.0', kind: 'record', isNew: 'yes', 'step.change': 'note', 'step.text': 'Hello' },
        'step.title': 'Note',
      }),
    );
    locationOf(await admin.form(`/workflow-templates/${id}/publish`, { version: '2', label: '' }));
    const start = (fields: Fields) =>
      admin.form(`/workflow-templates/${id}/start`, { requestKey: crypto.randomUUID(), ...fields });
    const unnamed = await start({ tenantId: 'No such business', reason: 'To show that it works' });
    assert.equal(unnamed.status, 422);
    assert.match(unnamed.text, /id="f-tenantId-error"/);
    locationOf(await start({ tenantId: owner.name, reason: 'To show that it works' }));
    const [note] = await eventually(
      () =>
        platform.world.database.owner<{ note: string }>(
          `select body->'data'->>'note' as note from events where tenant_id = $1 and body->'data'->>'note' = 'Hello'`,
          [owner.tenantId],
        ),
      (rows) => rows.length > 0,
    );
    assert.equal(note?.note, 'Hello');
    await eventually(
      () => admin.call('GET', `/workflow-templates/${id}?tab=runs`),
      ({ text }) => text.includes(owner.name),
    );
  });

  it('a copy sees what a newer version of its source changes, takes it as a draft or keeps its own', async () => {
    const admin = await platform.admin();
    const id = await create(admin, 'Shared');
    const { send } = editor(admin, id);
    const note = { at: 'steps.0', kind: 'record', 'step.change': 'note', ...titled('one', 'Note') };
    locationOf(await send('step', { ...note, isNew: 'yes', 'step.text': 'old words' }));
    locationOf(await admin.form(`/workflow-templates/${id}/publish`, { version: '2', label: '' }));
    const copy = async () => {
      const copied = await owner.form(`/workflow-templates/${id}/copy`, { requestKey: crypto.randomUUID() });
      return /wft_\w+/.exec(locationOf(copied))?.[0] ?? '';
    };
    const [taking, keeping] = [await copy(), await copy()];
    locationOf(await send('step', { ...note, isNew: 'no', 'step.text': 'new words' }));
    locationOf(
      await send('step', {
        ...{ at: 'steps.1', kind: 'wait', isNew: 'yes', 'step.for.days': '2' },
        ...titled('later', 'Later'),
      }),
    );
    locationOf(await admin.form(`/workflow-templates/${id}/publish`, { version: '4', label: '' }));
    assert.match((await owner.call('GET', `/workflow-templates/${taking}`)).text, /newer version \(4\)/);
    const diff = await owner.call('GET', `/workflow-templates/${taking}/upgrade`);
    assert.match(diff.text, /<del>old words<\/del><ins>new words<\/ins>/);
    assert.match(diff.text, /Later[\s\S]*Added/);
    locationOf(await owner.form(`/workflow-templates/${taking}/upgrade`, { version: '4' }));
    const taken = await owner.call('GET', `/api/templates/${taking}`);
    assert.deepEqual([taken.body.liveVersion, taken.body.newestVersion], [1, 2]);
    assert.equal(taken.body.definition.steps.length, 2);
    locationOf(await owner.form(`/workflow-templates/${keeping}/skip-upgrade`, { version: '4' }));
    assert.doesNotMatch((await owner.call('GET', `/workflow-templates/${keeping}`)).text, /newer version/);
    const stale = await owner.form(`/workflow-templates/${keeping}/upgrade`, { version: '4' });
    assert.ok([303, 409].includes(stale.status));
    assert.equal((await owner.call('GET', `/api/templates/${keeping}`)).body.newestVersion, 1);
  });
});
