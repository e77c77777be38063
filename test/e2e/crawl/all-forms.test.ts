import assert from 'node:assert/strict';
import type { Form } from '../../../api/kit/route.ts';
import type { Role } from '../../../db/domain/roles.ts';
import { type Answer, type Caller, callerOf, type Platform, startPlatform } from '../../support/api.ts';
import { finalise, insertDraft } from '../../../db/repos/billing/invoices.ts';
import { draftOf } from '../../support/billing.ts';
import { scope } from '../../support/database.ts';
import { eventually } from '../../support/world.ts';
import { fieldsOf, formIn, forms, landing, maySend, post, problemsOf, typedIn } from './forms.ts';
import { plantedService, plantTools } from '../planted-tools.ts';
import { bringTo } from '../wizard.ts';

/** Forms that aren't sent with wrong values, and why. */
const leftOut: Readonly<Record<string, string>> = {
  '/sign-out': 'It has no fields, and everything after it would be sent by a stranger.',
  '/businesses/:tenantId': 'It has no fields, and only a person of several businesses is shown it.',
  '/account/security/sessions/:sessionId/end': 'It has no fields, and ends what the others are sent with.',
  '/account/security/sessions/end-others': 'It has no fields, and ends what the others are sent with.',
  '/view/end': 'It has no fields, and there is no view to end.',
  '/account/sign-in-methods/:provider/remove': 'It has no fields, and nothing is connected.',
  '/app/billing/invoices/:id/try': 'It has no fields, and no invoice is overdue.',
  '/account/profile/picture': 'It takes a file, which no page can give back.',
};
/** Forms without a page of their own that take words; what is typed there is lost. */
const losesWords: Readonly<Record<string, string>> = {
  '/admin/tenants/:tenantId/onboarding/remind': 'It is a button: its page writes the reason.',
  '/app/support-access': 'It is a button: its page writes on or off.',
  '/app/approvals/self-approval': 'It is a button: its page writes on or off.',
  '/admin/tenants/:tenantId/dunning/try': 'It is shown beside an overdue invoice only.',
  '/admin/tenants/:tenantId/dunning/extend': 'It is shown beside an overdue invoice only.',
  '/admin/tenants/:tenantId/dunning/give-up': 'It is shown beside an overdue invoice only.',
  '/admin/people/:userId/offboard': 'It has choices only.',
  '/workflow-templates/:templateId/edit/move': 'It is a button: its page writes what moves where.',
  '/workflow-templates/:templateId/edit/remove-parameter': 'It is a button: its page writes the name.',
  '/admin/sign-in-providers/:provider/turn': 'It is a button: its page writes on or off.',
};
/** What a page writes itself, in hidden fields and choices; null for a field of another choice. */
const given = (ids: Record<string, string>): Readonly<Record<string, Record<string, string | null>>> => {
  const chosen = { items: ids['tenantId'] ?? '', requestKey: '0b8b3c1e-6a55-4c1b-9f0d-0c5a3f1e7d21' };
  return {
    '/app/approvals/:id': { decision: 'declined', back: null },
    '/app/billing/plan': { planKey: 'scale', interval: 'month', expectedDueMinor: '1' },
    '/app/setup/website': { mode: 'new', url: null },
    '/admin/tenants/:tenantId/dunning/policy': { policy: 'standard' },
    '/admin/people/:userId/sessions/revoke': { sessionId: null },
    '/admin/workflows/:runId/update': { message: 'extendDeadline', requestKey: chosen.requestKey },
    '/admin/workflows/:runId/signal': { message: 'viewChanged', requestKey: chosen.requestKey },
    '/admin/workflows/:runId/reset': { step: 'account', requestKey: chosen.requestKey },
    '/admin/freeze/thaw': { policy: 'skip' },
    '/admin/tenants/:tenantId/thaw': { policy: 'skip' },
    '/admin/bulk-operations/new': { ...chosen, operation: 'tenants.remind' },
    '/workflow-templates/new': { requestKey: chosen.requestKey },
    '/workflow-templates/:templateId/start': { requestKey: chosen.requestKey, tenantId: null, reason: null },
    '/workflow-templates/:templateId/edit/step': { at: 'steps.0', kind: 'mail', isNew: 'yes' },
  };
};
/** Fields that hold no words of a person. */
const writtenByPage = ['grants', 'requestKey', 'previewed', 'base', 'version'];
/** Never written back into a page, by the way of its name. */
const isSecret = (name: string) => /^card\.|password|secret|api_?key|^code$/i.test(name);

/** They take away what other forms are about, so they come last. */
const takesAway =
  /\/(?:remove|offboard|suspend|support-access|disconnect|withdraw|discard|disable|webhook-secret|undo-deprecation)$/;
const inOrder = [...forms].sort((a, b) => Number(takesAway.test(a.path)) - Number(takesAway.test(b.path)));

type Fields = [string, string][];
/** Longer than any field takes. */
const tooLong = 'wrong words '.repeat(400).trim();
const short = 'wrong words';

describe('[WF-6] [SEC-1] every form of the portal, sent wrong', function () {
  this.timeout(120_000);
  let platform: Platform;
  let senders: { role: Role; caller: Caller }[];
  let settingUp: Caller;
  let ids: Record<string, string>;
  /** Of forms whose fields depend on their address, by path: those that their page shows. */
  const shownFields = new Map<string, string[]>();
  let close: () => Promise<void>;

  before(async () => {
    platform = await startPlatform();
    const { owner: sql } = platform.world.database;
    const [live, unfinished] = [await platform.business(), await platform.business()];
    await bringTo(live, 'live');
    await bringTo(unfinished, 'review');
    settingUp = unfinished;
    const admin = await platform.admin();
    const partner = await platform.partner();
    await sql('update tenants set partner_id = $1', [partner.partnerId]);
    await eventually(
      () => live.call('GET', '/app'),
      ({ text }) => text.includes('Get started'),
    );
    ({ close } = await plantTools(platform, { live, settingUp, invoiceId: '', calls: null }));
    const invited = { email: 'new@forms.example', name: 'New', role: 'member' };
    const invitation = await live.call('POST', '/api/client/team/invitations', invited);
    await platform.colleague(live.tenantId, 'member');
    const team = await live.call('GET', '/api/client/team');
    const approvals = await live.call('GET', '/api/approvals?state=pending');
    await admin.form('/admin/tenants/views', { name: 'Mine', query: 'status=live' });
    await admin.form('/admin/people/views', { name: 'Mine', query: 'status=active' });
    await admin.form('/admin/workflows/views', { name: 'Mine', query: 'state=failed' });
    const viewOf = (list: string) =>
      sql<{ id: string }>('select id from saved_views where list = $1', [list]).then(([found]) => found);
    const [view, peopleView] = [await viewOf('tenants'), await viewOf('people')];
    const runView = await viewOf('runs');
    const role = { name: 'Reader', baseRole: 'member', permissions: ['team.read'] };
    const newKey = { name: 'Exports', scopes: ['team.read'] };
    const ownerKey = await live.call('POST', '/api/client/api-keys', newKey);
    const adminKey = await admin.call('POST', '/api/client/api-keys', {
      ...newKey,
      scopes: ['tenants.read'],
    });
    const ownRole = await live.call('POST', '/api/client/roles', role);
    const tenantRole = await admin.call('POST', `/api/admin/tenants/${unfinished.tenantId}/roles`, role);
    const started = await admin.call('POST', `/api/admin/impersonate/${live.userId}`, {
      reason: 'To see what they see',
    });
    const runs = await eventually(
      () => admin.call('GET', '/api/admin/runs?process=onboard-tenant&state=waiting'),
      ({ body }) => body.items.length > 0,
    );
    const byHand = await admin.call('POST', '/api/admin/processes/confirm-email/runs', {
      input: { tenantId: unfinished.tenantId, userId: unfinished.userId },
      reason: 'To start it again from its page',
    });
    const schedule = await admin.call('POST', '/api/admin/schedules', {
      process: 'confirm-email',
      input: { tenantId: live.tenantId, userId: live.userId },
      when: { kind: 'cron', cron: '0 9 * * *', timezone: 'UTC' },
      reason: 'So that its forms can be sent',
    });
    const operation = await admin.call('POST', '/api/admin/bulk-operations', {
      operation: 'tenants.remind',
      items: [unfinished.tenantId],
      pacePerMinute: 1,
      reason: 'So that its forms can be sent',
      requestKey: '4d8a3f0e-5b1c-4a55-9f6d-1c1b5a7e2d90',
    });
    const template = await live.call('POST', '/api/templates/wft_churnrescue/fork', {});
    const invoice = draftOf(live.tenantId, null);
    await platform.world.database.db.inScope(scope({ tenantId: live.tenantId }), async (tx) => {
      await insertDraft(tx, invoice);
      await finalise(tx, live.tenantId, invoice.id, invoice.createdAt, invoice.createdAt);
    });
    ids = {
      invoice: invoice.id,
      templateId: template.body.id,
      operationId: operation.body.id,
      startedId: byHand.body.runId,
      scheduleId: schedule.body.id,
      tenantId: unfinished.tenantId,
      connected: live.tenantId,
      runId: runs.body.items[0].runId,
      tool: 'stripe_create_refund',
      name: 'confirm-email',
      person: unfinished.userId,
      member: team.body.members.find(({ role }: { role: string }) => role === 'member').id,
      key: 'customers',
      viewId: view?.id ?? '',
      runView: runView?.id ?? '',
      peopleView: peopleView?.id ?? '',
      view: started.body.impersonationId,
      roleId: ownRole.body.id,
      tenantRole: tenantRole.body.id,
      ownKey: adminKey.body.id ?? adminKey.body.key?.id,
      otherKey: ownerKey.body.id ?? ownerKey.body.key?.id,
      provider: 'google',
      approval: approvals.body.items[0].id,
      invitation: invitation.body.invitationId,
    };
    senders = [
      { role: 'superAdmin', caller: admin },
      { role: 'owner', caller: live },
      { role: 'partner', caller: partner },
      { role: 'admin', caller: await platform.colleague(live.tenantId, 'admin') },
      { role: 'member', caller: await platform.colleague(live.tenantId, 'member') },
    ];
  });
  before(async () => {
    for (const form of forms.filter(({ bodyFor }) => bodyFor)) {
      const [caller, address] = [senderOf(form), addressOf(form)];
      const { text } = await landing(caller, await caller.call('GET', address));
      shownFields.set(form.path, [...typedIn(formIn(text, address)).keys()]);
    }
  });
  after(async () => {
    await platform?.stop();
    await close?.();
  });

  function addressOf({ path }: Form): string {
    const ofThird = /:server\/(?:source|read|publish|discard|edit|remove|approve-tools)$/.test(path);
    return path.replace(/:(\w+)/g, (_, name: string) => {
      if (name === 'server') return ofThird ? plantedService : 'stripe';
      if (name === 'id' && path.includes('api-keys'))
        return path.startsWith('/admin/') ? ids['otherKey']! : ids['ownKey']!;
      if (name === 'id' && path.startsWith('/admin/invoices/')) return ids['invoice']!;
      if (name === 'id') return path.includes('approvals') ? ids['approval']! : ids['invitation']!;
      if (name === 'key' && path.startsWith('/admin/plans/')) return 'growth';
      if (name === 'key' && path.includes('/dunning/')) return 'standard';
      if (name === 'userId') return path.startsWith('/app/') ? ids['member']! : ids['person']!;
      if (name === 'viewId' && path.startsWith('/admin/people/')) return ids['peopleView']!;
      if (name === 'viewId' && path.startsWith('/admin/workflows/')) return ids['runView']!;
      if (name === 'viewId' && path.startsWith('/admin/views/')) return ids['view']!;
      if (name === 'roleId' && path.startsWith('/admin/')) return ids['tenantRole']!;
      if (name === 'runId' && path.endsWith('/start-again')) return ids['startedId']!;
      const id = ids[name === 'tenantId' && path.includes('/connections/') ? 'connected' : name];
      assert.ok(id, `say what ${name} is in ${path}`);
      return id;
    });
  }
  const isOfPortal = (role: Role, { path }: Form) =>
    path.startsWith('/workflow-templates')
      ? isOfTenant(role)
      : path.startsWith('/admin')
        ? !isOfTenant(role)
        : path.startsWith('/app')
          ? isOfTenant(role)
          : true;
  const isOfTenant = (role: Role) => ['owner', 'admin', 'member'].includes(role);

  /** Who can be shown a form: each role, for forms of the setup the owner of a business that is not live. */
  function sendersOf(form: Form): Caller[] {
    if (form.path.startsWith('/app/setup/')) return [settingUp];
    // A saved view belongs to the person who saved it.
    if (form.path.endsWith('/:viewId/rename') || form.path.endsWith('/:viewId/remove'))
      return senders.slice(0, 1).map(({ caller }) => caller);
    // A bulk operation is shown to who started it, a request to those who may decide it.
    if (form.path.includes('/:operationId/')) return senders.slice(0, 1).map(({ caller }) => caller);
    const isShown = (role: Role) => role !== 'member' || !form.path.startsWith('/app/approvals/:id');
    const may = senders.filter(({ role }) => maySend(role, form) && isOfPortal(role, form) && isShown(role));
    return may.map(({ caller }) => caller);
  }
  const senderOf = (form: Form) => sendersOf(form)[0]!;
  const tokenOf = ({ cookies }: Caller) => cookies.get('bizosaas.csrf') ?? '';

  /** Each field of a form with this value, but what its page writes itself. */
  function filled(form: Form, value: string): Fields {
    const own = given(ids)[form.path] ?? {};
    return [...new Set([...fieldsOf(form), ...(shownFields.get(form.path) ?? [])])].flatMap(
      (name): Fields => {
        const sent = name in own ? own[name] : value;
        return typeof sent === 'string' ? [[name, sent]] : [];
      },
    );
  }

  /** What was typed and is not there any more. */
  function lost(page: Answer, address: string, sent: Fields): string[] {
    const typed = typedIn(formIn(page.text, address));
    const isLost = ([name, value]: [string, string]) => typed.has(name) && typed.get(name) !== value;
    return sent.filter((one) => !isSecret(one[0]) && isLost(one)).map(([name]) => `lost ${name}`);
  }

  async function sendAll(
    send: (form: Form, address: string) => Promise<string[]>,
    which: (form: Form) => boolean = () => true,
  ): Promise<void> {
    const problems: string[] = [];
    const sent = inOrder.filter((form) => !leftOut[form.path] && which(form));
    for (const form of sent)
      for (const problem of await send(form, addressOf(form))) problems.push(`${form.path}: ${problem}`);
    assert.deepEqual(problems, []);
    assert.ok(sent.length > 30, `${sent.length} forms`);
  }
  const isPrivate = ({ access }: Form) => access !== 'public';

  /** What every form of a person carries, so that drafts are theirs; from a page with a form that is theirs. */
  async function ownerFieldOf(caller: Caller): Promise<string> {
    const found = senders.find((sender) => sender.caller === caller);
    const page = !found
      ? '/app/setup/profile'
      : isOfTenant(found.role)
        ? '/app/integrations/stripe/tools/stripe_create_refund'
        : '/admin/processes/confirm-email';
    const { text } = await caller.call('GET', page);
    const [, owner] = /name="_owner" value="([^"]+)"/.exec(text) ?? [];
    assert.ok(owner, page);
    return owner;
  }

  it('finds them all, and each keeps what is typed', () => {
    assert.ok(forms.length > 50);
    assert.ok([...shownFields.values()].flat().length >= 3, JSON.stringify([...shownFields]));
    const known = new Set(forms.map(({ path }) => path));
    for (const path of [...Object.keys(leftOut), ...Object.keys(losesWords)])
      assert.ok(known.has(path), path);
    const without = forms.filter(
      (form) => !form.again && fieldsOf(form).some((name) => !writtenByPage.includes(name)),
    );
    assert.deepEqual(
      without.map(({ path }) => path).filter((path) => !losesWords[path]),
      [],
    );
  });

  it('from a tab of an older session: shows the form again with what was typed', () =>
    sendAll(async (form, address) => {
      const caller = senderOf(form);
      const sent = filled(form, short);
      const page = await landing(caller, await post(caller, address, sent, 'of-an-older-session'));
      return [...problemsOf(page), ...lost(page, address, sent)];
    }));

  it('after the session has ended: leads through sign-in, back to what was typed', () =>
    sendAll(async (form, address) => {
      const caller = senderOf(form);
      const visitor = callerOf(platform.url);
      const sent = filled(form, short);
      // A button alone has nothing to keep.
      const owner = sent.length > 0 ? await ownerFieldOf(caller) : '';
      const answer = await post(visitor, address, [...sent, ['_owner', owner]], tokenOf(caller));
      const to = answer.headers.get('location') ?? '';
      if (!to.startsWith('/sign-in?next=')) return [`led to ${answer.status} ${to}`];
      const signIn = await landing(visitor, answer);
      if (!formIn(signIn.text, '/sign-in')) return ['no form to sign in'];
      for (const [name, value] of caller.cookies) visitor.cookies.set(name, value);
      const next = decodeURIComponent(to.split('next=')[1] ?? '');
      const page = await landing(visitor, await visitor.call('GET', next));
      // Anyone else who signs in there has no draft.
      const without = await landing(caller, await caller.call('GET', next));
      return [
        ...problemsOf(without).map((problem) => `without a draft ${problem}`),
        ...problemsOf(page),
        ...(form.secret ? [] : lost(page, address, sent)),
      ];
    }, isPrivate));

  it('with values that are too long: says so in its own words and keeps them, for every role', () =>
    sendAll(
      async (form, address) => {
        const problems: string[] = [];
        const callers = isPrivate(form) ? sendersOf(form) : [platform.caller()];
        for (const caller of callers) {
          const sent = filled(form, tooLong);
          const page = await landing(caller, await post(caller, address, sent, tokenOf(caller)));
          problems.push(...problemsOf(page), ...lost(page, address, sent));
        }
        return problems;
      },
      (form) => fieldsOf(form).length > 0,
    ));

  it('empty: says what is missing, or does what needs no values', () =>
    sendAll(async (form, address) => {
      const caller = isPrivate(form) ? senderOf(form) : platform.caller();
      return problemsOf(await landing(caller, await post(caller, address, [], tokenOf(caller))));
    }));

  it('would notice a dead end, raw text and lost words', () => {
    const page = (text: string, status = 422) => ({ status, text, headers: new Headers(), body: undefined });
    assert.equal(problemsOf(page('<main><p>Enter a value.</p></main>')).length, 0);
    assert.equal(problemsOf(page('<main class="bz-error-page">', 404)).length, 1);
    assert.equal(problemsOf(page('<main>Invalid input: expected string, received undefined')).length, 1);
    const form =
      '<form method="post" action="/here"><input name="a" value="x"><textarea name="b">y</textarea></form>';
    assert.deepEqual(lost(page(form), '/here', [['a', 'x'], ['b', 'z'], ['c', 'w']]), ['lost b']); // prettier-ignore
  });
});
